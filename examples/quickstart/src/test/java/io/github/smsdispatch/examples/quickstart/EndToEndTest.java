package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A campaign")
class EndToEndTest {
    @TempDir
    Path home;

    private Program program;
    private Path csv;
    private Path reportFile;

    @BeforeEach
    void file() throws IOException {
        csv = SmallCampaign.write(home.resolve("small.csv"));
        reportFile = home.resolve("report.json");
        program = new Program(home, Map.of());
    }

    @Test
    @DisplayName("is sent to the last message through carriers that fail, and sends nothing when it is loaded again")
    void twice() throws IOException {
        assertThat(run()).as(program.err()).isEqualTo(Quickstart.OK);

        JsonNode report = report();
        assertThat(report.fieldNames())
                .toIterable()
                .contains("messages", "states", "providers", "lost", "twice", "seconds", "rowErrors");
        assertThat(report.path("messages").asInt()).isEqualTo(SmallCampaign.MESSAGES);
        assertThat(report.path("added").asInt()).isEqualTo(SmallCampaign.MESSAGES);
        assertThat(report.path("duplicates").asInt()).isEqualTo(SmallCampaign.DUPLICATES);
        assertThat(report.path("lost").asInt(-1)).isZero();
        assertThat(report.path("twice").asInt(-1)).isZero();
        assertThat(report.path("unknownToStore").asInt(-1)).isZero();
        assertThat(report.path("rowErrors")).hasSize(SmallCampaign.ROW_ERRORS).allSatisfy(error -> {
            assertThat(error.path("row").asInt()).isPositive();
            assertThat(error.path("column").asText()).isNotBlank();
            assertThat(error.path("reason").asText()).isNotBlank();
        });
        assertThat(report.path("states").path("EXPIRED").asInt()).isEqualTo(SmallCampaign.EXPIRED);
        assertFinal(report);
        assertThat(program.out())
                .contains("Nothing is due before 2031-05-01 08:30 UTC: the simulated clock jumps there.")
                .contains("0 lost · 0 sent twice")
                .contains("All " + SmallCampaign.MESSAGES + " messages final");

        assertThat(run()).isEqualTo(Quickstart.OK);

        JsonNode again = report();
        assertThat(again.path("messages").asInt()).isEqualTo(SmallCampaign.MESSAGES);
        assertThat(again.path("added").asInt(-1)).isZero();
        assertThat(accepted(again)).isEqualTo(accepted(report));
        assertThat(program.out()).doesNotContain("+1202555", "+4477", "Boil the water", "Your card");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"infobip,africastalking", "africastalking,infobip", "twilio,africastalking,vonage"})
    @DisplayName("goes through any of the providers, whether or not they carry a reference of ours")
    void otherProviders(String providers) throws IOException {
        int exit = program.run(
                "--providers", providers, "--report", reportFile.toString(), "--seed=7", "--csv", csv.toString());

        assertThat(exit).as(program.err()).isEqualTo(Quickstart.OK);
        JsonNode report = report();
        assertThat(report.path("messages").asInt()).isEqualTo(SmallCampaign.MESSAGES);
        for (String provider : providers.split(",", -1)) {
            assertThat(report.path("providers").path(provider).path("accepted").asInt())
                    .as(provider)
                    .isPositive();
        }
        assertThat(report.path("lost").asInt(-1)).isZero();
        assertThat(report.path("twice").asInt(-1)).isZero();
        assertThat(report.path("unknownToStore").asInt(-1)).isZero();
        assertFinal(report);
    }

    @Test
    @DisplayName("that is killed half-way is finished by the next start, nothing lost and nothing sent twice")
    void killed() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dquickstart.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Quickstart.class.getName(),
                        "--csv",
                        csv.toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines().anyMatch(line -> line.contains("Loaded"))).isTrue();
        } finally {
            // SIGKILL where there are signals: no hook runs, no file is closed.
            child.destroyForcibly();
        }
        child.waitFor();
        assertThat(Files.exists(reportFile)).isFalse();

        assertThat(run()).as(program.err()).isEqualTo(Quickstart.OK);

        JsonNode report = report();
        assertThat(report.path("messages").asInt()).isEqualTo(SmallCampaign.MESSAGES);
        assertThat(report.path("added").asInt(-1)).isZero();
        assertThat(report.path("lost").asInt(-1)).isZero();
        assertThat(report.path("twice").asInt(-1)).isZero();
        assertFinal(report);
    }

    private int run() {
        return program.run("--report", reportFile.toString(), "--seed=7", "--csv", csv.toString());
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(reportFile.toFile());
    }

    private static int accepted(JsonNode report) {
        return report.path("providers").path("twilio").path("accepted").asInt()
                + report.path("providers").path("vonage").path("accepted").asInt();
    }

    private static void assertFinal(JsonNode report) {
        JsonNode states = report.path("states");
        for (String open : List.of("SCHEDULED", "QUEUED", "SUBMITTING", "IN_DOUBT", "SENT")) {
            assertThat(states.path(open).asInt(-1)).as(open).isZero();
        }
    }
}
