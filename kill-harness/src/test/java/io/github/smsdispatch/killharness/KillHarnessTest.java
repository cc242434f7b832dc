package io.github.smsdispatch.killharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only the Linux MariaDB comes along")
@DisplayName("1,200 messages, sent by two nodes through three carriers,")
class KillHarnessTest {
    /** As by default, without the messages of which a carrier never says how they ended: the run would wait for those. */
    private static final String FAULTS = "latency=2ms..25ms,delivery=100ms..2s,throttle=1%,http503=2%,lose-answer=1%,"
            + "error-after-accept=0.5%,drop-request=0.5%,undelivered=4%,lose-receipt=3%,early-receipt=2%,"
            + "repeat-receipt=3%,reorder-receipt=3%,lookup503=3%,listing-lag=1s";

    @TempDir
    Path home;

    @Test
    @DisplayName(
            "survive kill -9 of nodes, a carrier, the enqueuer and the database, and stops of nodes: none lost, none twice, all final")
    void survive() throws Exception {
        var output = new ByteArrayOutputStream();
        Path page = home.resolve("page.md");

        int exitCode;
        try (var out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            exitCode = KillHarness.run(
                    List.of(
                            "--messages=1200",
                            "--kills=6",
                            "--seed=1",
                            "--validity=600",
                            "--faults=" + FAULTS,
                            "--folder=" + home.resolve("run"),
                            "--report=" + page),
                    out,
                    out);
        }

        String said = output.toString(StandardCharsets.UTF_8);
        assertThat(exitCode).as(said).isEqualTo(KillHarness.OK);
        for (Role role : Role.values()) {
            assertThat(said).containsPattern("kill \\d of 6: " + role.word());
        }
        assertThat(said).containsPattern("node \\d has stopped");
        assertThat(Files.readString(page))
                .contains("1,200 messages, 6 kills, 2 stops")
                .contains("0 lost, 0 twice, all final.")
                .contains("| DELIVERED | delivered |");
        // What the run needed is gone, so that only a run that fails leaves something to look into.
        assertThat(home.resolve("run")).doesNotExist();
    }
}
