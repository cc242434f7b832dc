package io.github.smsdispatch.examples.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The carrier program")
class CarrierProgramTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Tells the program to stop before it starts, so that it greets, sums up and ends. */
    private int run(String... arguments) throws InterruptedException {
        return CarrierProgram.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new CountDownLatch(0));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("prints address and credentials of all providers in one line, and a summary at its end")
    void greets() throws Exception {
        assertThat(run("--port", "0")).isZero();
        assertThat(out().lines()).hasSize(2);
        assertThat(out().lines().findFirst().orElseThrow())
                .matches("carrier: ready at http://127\\.0\\.0\\.1:[1-9][0-9]+ \\|"
                        + " africastalking username=\\S+ api-key=\\S+ \\| twilio account-sid=AC[0-9a-f]{32}"
                        + " auth-token=\\S+ \\| googleverify api-key=\\S+ \\| vonage api-key=\\S+ api-secret=\\S+ signature-secret=\\S+"
                        + " signature-method=HMAC_SHA256 \\| infobip api-key=\\S+");
        assertThat(out()).contains("stopped; requests 0", "accepted more than once: 0");
        assertThat(err()).isEmpty();
    }

    @Test
    @DisplayName("plays one provider if asked to")
    void oneProvider() throws Exception {
        assertThat(run("--vonage")).isZero();
        assertThat(out()).contains("vonage").doesNotContain("twilio");
    }

    @Test
    @DisplayName("takes every option")
    void allOptions(@TempDir Path folder) throws Exception {
        Path ledger = folder.resolve("ledger");

        assertThat(run(
                        "--seed",
                        "7",
                        "--twilio",
                        "--faults",
                        "throttle=5%",
                        "--ledger",
                        ledger.toString(),
                        "--callback",
                        "http://127.0.0.1:9/hook"))
                .isZero();
        assertThat(Files.exists(ledger)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot=1 | --prot: is no option of this program",
                "twilio | twilio: is no option of this program",
                "--port | --port: has no value",
                "--ledger= | --ledger: has no value",
                "--port=many | --port: must be a whole number from 0 to 65535",
                "--port=70000 | --port: must be a whole number from 0 to 65535",
                "--seed=few | --seed: must be a whole number",
                "--twilio=yes | --twilio: takes no value",
                "--faults=thortle=5% | --faults: cannot use this fault script: unknown fault 'thortle'",
                "--callback=http://[ | --callback: is no URL",
                "--callback=http://192.0.2.1/ | --callback: must be an address on this machine",
            })
    @DisplayName("ends with status 2 and says what is wrong with the command line and what to do")
    void badOptions(String argument, String problem) throws Exception {
        assertThat(run(argument)).isEqualTo(CarrierProgram.UNUSABLE);
        assertThat(err().lines()).hasSize(3);
        assertThat(err()).startsWith("Cannot start, because of 1 problem.\n").contains("  " + problem);
        assertThat(out()).isEmpty();
    }

    @Test
    @DisplayName("names everything that is wrong at once, an option that is given twice too")
    void allProblems() throws Exception {
        assertThat(run("--port", "1", "--port=2", "--seed=x", "--bogus", "--vonage", "--vonage"))
                .isEqualTo(CarrierProgram.UNUSABLE);
        assertThat(err())
                .startsWith("Cannot start, because of 4 problems.")
                .contains("--port: is given twice", "--seed:", "--bogus:", "--vonage: is given twice");
    }

    @Test
    @DisplayName("does not start if the port is taken, and says which")
    void portTaken() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--port", String.valueOf(other.getLocalPort()))).isEqualTo(CarrierProgram.UNUSABLE);
            assertThat(err()).startsWith("Cannot start: cannot listen on 127.0.0.1 port " + other.getLocalPort());
        }
    }

    @Test
    @DisplayName("ends with status 0 and a summary when it is told to terminate")
    void terminated() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CarrierProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("carrier: ready at");
            process.toHandle().destroy(); // SIGTERM; unlike the method of Process, leaves the output readable

            assertThat(lines.readLine()).startsWith("carrier: stopped");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisplayName("explains itself")
    void help() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(out()).startsWith("Usage: run").contains("--faults SCRIPT", "--callback URL");
        assertThat(out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(90));
        for (Provider provider : Provider.values()) {
            assertThat(out()).contains("\n  " + provider.option() + " ");
        }
    }
}
