package io.github.smsdispatch.examples.statussync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The status sync")
class StatusSyncProgramTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... arguments) {
        return new StatusSyncProgram(
                        environment,
                        home,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(home.resolve("report.json").toFile());
    }

    private void assertAllFinal(int ids) throws IOException {
        JsonNode report = report();
        assertThat(report.path("ids").asInt()).isEqualTo(ids);
        assertThat(report.path("final").asInt()).isEqualTo(ids);
        JsonNode statuses = report.path("statuses");
        assertThat(statuses.path("SENT").asInt()).isZero();
        assertThat(statuses.path("DELIVERED").asInt()
                        + statuses.path("UNDELIVERED").asInt()
                        + statuses.path("UNCONFIRMED").asInt())
                .isEqualTo(ids);
        assertThat(statuses.path("DELIVERED").asInt()).isGreaterThan(ids * 8 / 10);
        assertThat(report.path("lookups").isIntegralNumber()).isTrue();
        assertThat(report.path("seconds").asDouble()).isPositive();
    }

    @Test
    @DisplayName("shows itself: it ends by itself with every message final, by look-ups and by the log")
    void shows() throws IOException {
        for (String mode : List.of("poll", "sweep")) {
            int exit = run(
                    Map.of(),
                    "--ids",
                    "600",
                    "--mode",
                    mode,
                    "--interval",
                    "200ms",
                    "--report",
                    home.resolve("report.json").toString());
            assertThat(exit).as(this::told).isZero();
            assertThat(told()).contains("Every message is final, after ");
            assertAllFinal(600);
        }
    }

    @Test
    @DisplayName("goes on after kill -9 where it was, and loses no row")
    void killed() throws IOException, InterruptedException {
        List<String> arguments = List.of("--ids", "1500", "--parallel", "4", "--interval", "300ms");
        Process child = start(arguments);
        try (var lines = child.inputReader(StandardCharsets.UTF_8)) {
            // The first news comes after five seconds, of the fifteen that it takes.
            String line = lines.readLine();
            while (line != null && !line.contains(" of 1500 final ")) {
                line = lines.readLine();
            }
            assertThat(line).doesNotContain("1500 of 1500");
            assertThat(child.isAlive()).isTrue();
            child.destroyForcibly().waitFor();
        }
        var again = new ArrayList<>(arguments);
        again.addAll(List.of("--report", home.resolve("report.json").toString()));
        again.set(3, "50");
        assertThat(run(Map.of(), again.toArray(String[]::new))).as(this::told).isZero();
        assertThat(told()).contains(": 0 ids taken in");
        assertAllFinal(1500);
        assertThat(report().path("lookups").asInt()).isPositive();
    }

    private Process start(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dstatussync.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                StatusSyncProgram.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static final Map<String, String> TWILIO = Map.of(
            "TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef",
            "TWILIO_AUTH_TOKEN", "invented",
            "TWILIO_FROM", "+12025550100");

    @Test
    @DisplayName("says what is wrong with table and column, and looks nothing up")
    void badTable() throws SQLException {
        String url = "jdbc:h2:mem:" + home.getFileName() + ";DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE messages (id INT PRIMARY KEY, sid VARCHAR(34))");
        }
        assertThat(run(TWILIO, "--jdbc-url", url, "--table", "nothing", "--id-column", "sid"))
                .isEqualTo(2);
        assertThat(told()).contains("the database has no table or view nothing");
        assertThat(run(TWILIO, "--jdbc-url", url, "--table", "messages", "--id-column", "uid"))
                .isEqualTo(2);
        assertThat(told()).contains("MESSAGES has no column uid; it has ID, SID");
    }

    @Test
    @DisplayName("tells all that is wrong with the options at once")
    void badOptions() {
        String[] bad = {"--jdbc-url", "mysql:x", "--mode", "both", "--batch", "0", "--interval", "soon", "--speed", "9"
        };
        assertThat(run(Map.of(), bad)).isEqualTo(2);
        assertThat(told())
                .contains(
                        "--jdbc-url: is no JDBC URL",
                        "--mode: must be poll or sweep",
                        "--batch: must be a whole number from 1 to 10000",
                        "--interval: must be a time",
                        "--speed: is no option");
    }

    @Test
    @DisplayName("needs the settings of the provider, and says which")
    void noSettings() {
        assertThat(run(Map.of(), "--jdbc-url", "jdbc:h2:mem:x", "--table", "a", "--id-column", "b"))
                .isEqualTo(2);
        assertThat(told()).contains("TWILIO_ACCOUNT_SID: is missing");
    }

    @Test
    @DisplayName("lists every option in its help and its README")
    void help() throws IOException {
        assertThat(run(Map.of(), "--help")).isZero();
        String help = told();
        String parser =
                Files.readString(Path.of("src/main/java/io/github/smsdispatch/examples/statussync/OptionParser.java"));
        assertThat(Arrays.stream(parser.split("\\.option\\(\"", -1)).skip(1).map(each -> each.split("\"", 2)[0]))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(help).contains(option));
    }
}
