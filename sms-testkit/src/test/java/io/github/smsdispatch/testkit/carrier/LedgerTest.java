package io.github.smsdispatch.testkit.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The ledger")
class LedgerTest {
    @TempDir
    Path folder;

    private final SteppingClock clock = new SteppingClock();

    private CarrierSimulator start(String faults) {
        return CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .vonage(Client.VONAGE)
                .clock(clock)
                .faults(FaultScript.of(faults))
                .ledgerFile(file())
                .start();
    }

    private Path file() {
        return folder.resolve("ledger.jsonl");
    }

    @Test
    @DisplayName("tells what was accepted more than once, by recipient and text")
    void moreThanOnce() throws Exception {
        try (var carrier = start("")) {
            var client = new Client(carrier);
            client.twilio("once");
            client.twilio("twice");
            client.vonage("twice");

            assertThat(carrier.ledger().acceptedMoreThanOnce()).singleElement().satisfies(twice -> assertThat(twice)
                    .extracting(LedgerEntry::provider)
                    .containsExactly("twilio", "vonage"));
        }
    }

    @Test
    @DisplayName("shows neither number nor text in its entries as text")
    void masked() throws Exception {
        try (var carrier = start("")) {
            new Client(carrier).twilio("secret words");

            assertThat(carrier.ledger().entries().toString()).doesNotContain("secret", "2025550123");
        }
    }

    @Test
    @DisplayName("survives a restart: entries, look-ups, and the receipts that were still to come")
    void restart() throws Exception {
        try (var inbox = new ReceiptInbox()) {
            List<LedgerEntry> before;
            try (var carrier = start("delivery=3s")) {
                var client = new Client(carrier);
                client.twilio("open", inbox.url("/hook?ref=open"));
                clock.step(Duration.ofSeconds(1));
                assertThat(inbox.next().form().get("MessageStatus")).isEqualTo("sent");
                assertThat(settledTo(carrier, 1)).isTrue();
                client.vonage(Client.with(Client.vonageForm("x".repeat(161)), "client-ref", "parts"));
                before = carrier.ledger().entries();
            }
            try (var carrier = start("")) {
                assertThat(carrier.ledger().entries()).isEqualTo(before);
                var client = new Client(carrier);
                String sid = before.get(0).messageIds().get(0);
                assertThat(Client.json(client.getTwilio(Client.message(sid)))
                                .get("body")
                                .asText())
                        .isEqualTo("open");

                clock.step(Duration.ofSeconds(2));
                assertThat(inbox.next().form().get("MessageStatus")).isEqualTo("delivered");
                assertThat(carrier.awaitReceipts(Duration.ofSeconds(10))).isTrue();
            }
            try (var carrier = start("")) {
                assertThat(carrier.statistics().receiptsOpen()).isZero();
                assertThat(inbox.waiting()).isZero();
            }
        }
    }

    @Test
    @DisplayName("gives new ids after a restart with the same seed")
    void noIdTwice() throws Exception {
        try (var carrier = start("")) {
            new Client(carrier).twilio("the same");
        }
        try (var carrier = start("")) {
            new Client(carrier).twilio("the same");

            assertThat(carrier.ledger().entries())
                    .hasSize(2)
                    .extracting(entry -> entry.messageIds().get(0))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("cuts off a last line that a kill has torn, and goes on behind the one before")
    void tornLine() throws Exception {
        try (var carrier = start("")) {
            var client = new Client(carrier);
            client.twilio("whole");
            client.twilio("torn");
        }
        String all = Files.readString(file());
        Files.writeString(file(), all.substring(0, all.length() - 20));

        try (var carrier = start("")) {
            assertThat(carrier.ledger().entries())
                    .extracting(LedgerEntry::textHash)
                    .containsExactly(Ledger.textHash("whole"));
            new Client(carrier).twilio("next");
        }
        try (var carrier = start("")) {
            assertThat(carrier.ledger().size()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("refuses a file that is damaged elsewhere, and says where")
    void damaged() throws Exception {
        try (var carrier = start("")) {
            new Client(carrier).twilio("whole");
        }
        Files.writeString(file(), "nonsense\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> start(""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 2 of the ledger file");
    }

    @Test
    @DisplayName("refuses a file that another simulator writes to, and one with a provider that is not played")
    void foreign() throws Exception {
        try (var carrier = start("")) {
            new Client(carrier).vonage("hello");
            assertThatThrownBy(() -> start(""))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another simulator");
        }
        assertThatThrownBy(() -> CarrierSimulator.builder()
                        .twilio(Client.TWILIO)
                        .ledgerFile(file())
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("provider vonage");
        start("").close(); // both failures have let go of the file
    }

    @Test
    @DisplayName("holds every message that was answered when its process is killed")
    void killed() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledCarrier.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            // The process sends to itself and prints each id once it has the answer; it never ends by itself.
            for (int i = 0; i < 20; i++) {
                assertThat(output.readLine()).startsWith("SM");
            }
            process.toHandle().destroyForcibly(); // unlike the method of Process, leaves the output readable
            process.waitFor();
            long answered =
                    20 + output.lines().filter(line -> line.length() == 34).count();

            try (var carrier = start("")) {
                assertThat(carrier.ledger().size()).isGreaterThanOrEqualTo((int) answered);
                assertThat(carrier.ledger().acceptedMoreThanOnce()).isEmpty();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Bounded by the awaited condition: the number of open reports only falls. */
    private static boolean settledTo(CarrierSimulator carrier, long open) {
        while (carrier.statistics().receiptsOpen() > open) {
            Thread.onSpinWait();
        }
        return carrier.statistics().receiptsOpen() == open;
    }
}
