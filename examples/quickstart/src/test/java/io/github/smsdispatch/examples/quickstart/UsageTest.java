package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A start that cannot work")
class UsageTest {
    private static final String CSV = "message,recepient_nos,campaign,sending_time\nHi,+12025550101,x,now\n";

    @TempDir
    Path home;

    private Program program;

    @BeforeEach
    void file() throws IOException {
        Files.writeString(home.resolve("campaigns.csv"), CSV);
        program = new Program(home, Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--bogus=1 | --bogus: is no option of this program",
                "-x | -x: is no option of this program",
                "--seed | --seed: has no value",
                "--csv= | --csv: has no value",
                "--live=yes | --live: takes no value",
                "--seed=few | --seed: must be a whole number",
                "--max-segments=0 | --max-segments: must be a whole number from 1 to 255",
                "--time-zone=Mars/Base | --time-zone: is not known",
                "--providers=twilio,twilio | --providers: names twilio twice",
                "--providers=Twilio! | --providers: a provider name has 1 to 32 lower-case letters, digits and hyphens",
                "--providers=twlio | provider twlio: is not known; known are africastalking, infobip, twilio, vonage",
                "--providers=twilio,googleverify | googleverify: makes codes and sends no texts from a file",
                "--jdbc-url=mariadb://x | --jdbc-url: is no JDBC URL",
                "--jdbc-url=jdbc:none:x | --jdbc-url: names a database that no driver is there for",
                "--jdbc-user=me | --jdbc-user: is of no use without --jdbc-url",
                "--report=none/report.json | --report: must be a file in a folder that exists",
                "--live | --live: does not send the file that comes along",
                "--csv=none.csv | none.csv: does not exist",
                "campaign.csv | campaign.csv: is no option of this program",
            })
    @DisplayName("names what is wrong and ends with 2")
    void oneProblem(String argument, String problem) {
        assertThat(program.run(argument)).isEqualTo(Quickstart.UNUSABLE);
        assertThat(program.err()).contains(problem);
        assertThat(program.out()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"--csv, a.csv, b.csv", "--providers, twilio, vonage", "--seed, 1, 1"})
    @DisplayName("has an option twice, of which one would be passed over silently")
    void repeated(String option, String first, String second) {
        assertThat(program.run(option, first, option + "=" + second)).isEqualTo(Quickstart.UNUSABLE);
        assertThat(program.err()).contains(option + ": is given twice");
    }

    @Test
    @DisplayName("names everything that is wrong at once")
    void allProblems() {
        int exit = program.run(
                "--bogus", "--seed=x", "--providers=twlio,vonage", "--csv=none.csv", "--jdbc-url=jdbc:none:x");

        assertThat(exit).isEqualTo(Quickstart.UNUSABLE);
        assertThat(program.err())
                .startsWith("Cannot start, because of 5 problems. Nothing was sent.")
                .contains("--bogus:", "--seed:", "provider twlio:", "none.csv:", "--jdbc-url:");
    }

    @Test
    @DisplayName("for missing credentials names their variables, all of them")
    void missingCredentials() {
        int exit = program.run("--live", "--csv", home.resolve("campaigns.csv").toString());

        assertThat(exit).isEqualTo(Quickstart.UNUSABLE);
        assertThat(program.err())
                .contains("TWILIO_ACCOUNT_SID: is missing", "TWILIO_AUTH_TOKEN: is missing")
                .contains("VONAGE_API_KEY: is missing", "VONAGE_API_SECRET: is missing");
    }

    @Test
    @DisplayName("is live on the database of a simulation, or a simulation on that of a live run")
    void databaseOfAnotherKind() {
        String url = "--jdbc-url=jdbc:h2:mem:kinds;DB_CLOSE_DELAY=-1";
        String own = "--csv=" + home.resolve("campaigns.csv");
        assertThat(program.run(url, "--providers=vonage", own)).isEqualTo(Quickstart.OK);
        assertThat(program.run(url, "--providers=vonage", own)).isEqualTo(Quickstart.OK);

        assertThat(program.run(url, "--live", own)).isEqualTo(Quickstart.UNUSABLE);
        assertThat(program.err()).contains("--jdbc-url: names a database with messages of a simulation");

        String elsewhere = "--data=" + home.resolve("elsewhere");
        assertThat(program.run(url, own, elsewhere)).isEqualTo(Quickstart.UNUSABLE);
        assertThat(program.err()).contains("--jdbc-url: names a database with messages of a live run");
    }

    @Test
    @DisplayName("for a header that is not as expected stores nothing")
    void header() throws IOException {
        Files.writeString(home.resolve("campaigns.csv"), CSV.replace("recepient", "recipient"));

        assertThat(program.run()).isEqualTo(Quickstart.UNUSABLE);
        assertThat(program.err()).contains("campaigns.csv: has no header with the column recepient_nos");

        Files.writeString(home.resolve("campaigns.csv"), CSV);
        assertThat(program.run()).isEqualTo(Quickstart.OK);
        assertThat(program.out()).contains("Loaded 1 new message.");
    }

    @Test
    @DisplayName("for a database that is not there tells nothing of user, password and address")
    void unreachableDatabase() {
        int exit = program.run("--jdbc-url=jdbc:mariadb://127.0.0.1:1/sms?user=meMyself&password=topSecret");

        assertThat(exit).isEqualTo(Quickstart.UNUSABLE);
        assertThat(program.err())
                .contains("--jdbc-url: names a database that cannot be reached")
                .doesNotContain("topSecret", "meMyself", "Exception");
    }

    @Test
    @DisplayName("is not one that asks for help")
    void help() {
        assertThat(program.run("--help")).isEqualTo(Quickstart.OK);
        assertThat(program.out()).startsWith("Usage: run").contains("--providers", "--live");
        for (SimulatedProvider provider : SimulatedProvider.values()) {
            assertThat(program.out()).contains(provider.key());
        }
    }
}
