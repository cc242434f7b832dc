package io.github.smsdispatch.testkit.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A seed")
class SeedTest {
    @Test
    @DisplayName("means the same ids and the same fates in every version of the simulator")
    void stable() throws Exception {
        var clock = new SteppingClock();
        try (var carrier = CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .vonage(Client.VONAGE)
                .seed(7)
                .clock(clock)
                .faults(FaultScript.of("throttle=30%,undelivered=30%,no-final=10%,delivery=0ms..10ms"))
                .start()) {
            var client = new Client(carrier);
            for (int i = 0; i < 6; i++) {
                client.twilio("text " + i);
            }
            client.vonage("hello");
            clock.step(Duration.ofSeconds(1));

            List<LedgerEntry> entries = carrier.ledger().entries();
            assertThat(entries.stream().map(entry -> entry.messageIds().get(0)))
                    .containsExactly(
                            "SM37562aaee085d00be8940e9e3cbe3df9",
                            "SM19c0fb9da989d77d1f425d4b7438ccc5",
                            "SM8328a7c994270e8c8f8f6faeaf082835",
                            "25f065a2-1607-2319-29b2-36326856cdfd");
            assertThat(entries.stream().map(LedgerEntry::state))
                    .containsExactly(
                            CarrierState.DELIVERED,
                            CarrierState.UNDELIVERED,
                            CarrierState.DELIVERED,
                            CarrierState.DELIVERED);
        }
    }
}
