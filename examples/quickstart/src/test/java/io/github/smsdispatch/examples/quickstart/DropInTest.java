package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A provider of somebody else's")
class DropInTest {
    private static final Path CLASSES = Path.of("../custom-provider/target/classes");

    @TempDir
    Path home;

    private Path csv;

    @BeforeEach
    void file() throws IOException {
        csv = Files.writeString(
                home.resolve("three.csv"),
                """
                message,recepient_nos,campaign,sending_time
                Your card is ready,"+447700900001,+447700900002,+447700900003",cards,now
                """);
    }

    @Test
    @Timeout(90)
    @DisplayName("is a jar in lib/ and its name on the command line, with --live")
    void droppedIn() throws Exception {
        Path report = home.resolve("report.json");
        try (var acme = new FakeAcme()) {
            Process program = start(
                    acme, "--live", "--providers", "acme", "--csv", csv.toString(), "--report", report.toString());
            String said = said(program);

            assertThat(program.waitFor()).as(said).isEqualTo(Quickstart.OK);
            assertThat(acme.recipients()).containsExactlyInAnyOrder("+447700900001", "+447700900002", "+447700900003");
            JsonNode states = new ObjectMapper().readTree(report.toFile()).path("states");
            assertThat(states.path("DELIVERED").asInt()).as(said).isEqualTo(3);
        }
    }

    @Test
    @Timeout(90)
    @DisplayName("gets nothing without --live, alone or beside one that is simulated")
    void notLive() throws Exception {
        try (var acme = new FakeAcme()) {
            Process program = start(acme, "--providers", "vonage,acme", "--csv", csv.toString());
            String said = said(program);

            assertThat(program.waitFor()).as(said).isEqualTo(Quickstart.UNUSABLE);
            assertThat(said)
                    .contains("because of 1 problem.")
                    .contains("acme: is no provider that quickstart can simulate")
                    .contains("add --live to use it as configured, with --csv FILE of your own");
            assertThat(acme.recipients()).isEmpty();
        }
    }

    @Test
    @DisplayName("is asked for by its name where the jar is missing, and nothing is sent")
    void missing() {
        var program = new Program(home, Map.of());

        assertThat(program.run("--providers", "acme")).isEqualTo(2);
        assertThat(program.err()).contains("acme");
    }

    private static String said(Process program) throws IOException {
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** As the script {@code run} starts it, with the class path of the build in place of the jars that the build copies. */
    private Process start(FakeAcme acme, String... arguments) throws IOException {
        Path lib = Files.createDirectory(home.resolve("lib"));
        pack(CLASSES, lib.resolve("sms-acme-1.0.0.jar"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquickstart.home=" + home,
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + lib.resolve("*"),
                Quickstart.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ACME_API_KEY", "not-a-real-key");
        builder.environment().put("ACME_FROM", "Acme");
        builder.environment().put("ACME_BASE_URL", acme.url());
        builder.environment().put("ACME_RECEIPT_PATIENCE", "PT0.5S");
        return builder.start();
    }

    /** What the jar plugin does, which a build that only tests has not run yet. */
    private static void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
    }
}
