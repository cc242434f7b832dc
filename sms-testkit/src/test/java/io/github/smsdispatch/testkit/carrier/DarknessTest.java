package io.github.smsdispatch.testkit.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A carrier that goes dark")
@Timeout(30)
class DarknessTest {
    @Test
    @DisplayName("refuses connections, closes idle ones, and comes back on the same port")
    void byHand() throws Exception {
        try (var carrier = CarrierSimulator.builder().twilio(Client.TWILIO).start()) {
            var client = new Client(carrier);
            int port = carrier.port();
            assertThat(client.twilio("before").statusCode()).isEqualTo(201);

            carrier.goDark();
            assertThat(carrier.isDark()).isTrue();
            assertThatThrownBy(() -> new Client(carrier).twilio("meanwhile")).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> client.twilio("meanwhile, on a connection kept alive"))
                    .isInstanceOf(IOException.class);

            carrier.comeBack();
            assertThat(carrier.port()).isEqualTo(port);
            assertThat(new Client(carrier).twilio("after").statusCode()).isEqualTo(201);
            assertThat(carrier.ledger().size()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("does so again and again without losing its port")
    void repeatedly() throws Exception {
        try (var carrier = CarrierSimulator.builder().twilio(Client.TWILIO).start()) {
            for (int i = 0; i < 20; i++) {
                carrier.goDark();
                assertThatThrownBy(() -> new Client(carrier).twilio("dark")).isInstanceOf(ConnectException.class);
                carrier.comeBack();
                assertThat(new Client(carrier).twilio("light " + i).statusCode())
                        .isEqualTo(201);
            }
            assertThat(carrier.statistics().timesDark()).isEqualTo(20);
        }
    }

    @Test
    @DisplayName("still answers the request that was under way")
    void requestUnderWay() throws Exception {
        try (var inbox = new ReceiptInbox();
                var carrier = CarrierSimulator.builder().twilio(Client.TWILIO).start()) {
            // The early receipt tells when the submission is under way; its answer comes 300 ms later.
            carrier.faults(FaultScript.of("latency=300ms,early-receipt=100%"));
            var client = new Client(carrier);
            var answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.twilio("under way", inbox.url("/hook")).statusCode();
                } catch (IOException | InterruptedException e) {
                    return -1;
                }
            });
            inbox.next();
            carrier.goDark();

            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(201);
        }
    }

    @Test
    @DisplayName("at the times of its script, by the carrier's clock")
    void byTime() throws Exception {
        var clock = new SteppingClock();
        try (var carrier = CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .clock(clock)
                .faults(FaultScript.of("dark=10s..15s"))
                .start()) {
            assertThat(new Client(carrier).twilio("before").statusCode()).isEqualTo(201);

            clock.step(Duration.ofSeconds(10));
            awaitDark(carrier, true);
            assertThatThrownBy(() -> new Client(carrier).twilio("dark")).isInstanceOf(ConnectException.class);

            clock.step(Duration.ofSeconds(5));
            awaitDark(carrier, false);
            assertThat(new Client(carrier).twilio("after").statusCode()).isEqualTo(201);
        }
    }

    @Test
    @DisplayName("instead of the submissions that its script names, for as long as they would have taken")
    void byCount() throws Exception {
        var clock = new SteppingClock();
        try (var carrier = CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .clock(clock)
                .faults(FaultScript.of("dark=4..6"))
                .start()) {
            for (int i = 1; i <= 3; i++) {
                clock.step(Duration.ofSeconds(1)); // the pace: one submission a second
                assertThat(new Client(carrier).twilio("text " + i).statusCode()).isEqualTo(201);
            }

            assertThat(carrier.isDark()).isTrue();
            assertThatThrownBy(() -> new Client(carrier).twilio("text 4")).isInstanceOf(ConnectException.class);
            clock.step(Duration.ofSeconds(3));
            awaitDark(carrier, false);
            assertThat(new Client(carrier).twilio("text 7").statusCode()).isEqualTo(201);
        }
    }

    @Test
    @DisplayName("from the very start if its script says so")
    void fromTheStart() throws Exception {
        var clock = new SteppingClock();
        try (var carrier = CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .clock(clock)
                .faults(FaultScript.of("dark=1..5"))
                .start()) {
            assertThatThrownBy(() -> new Client(carrier).twilio("a")).isInstanceOf(ConnectException.class);

            clock.step(Duration.ofSeconds(1));
            awaitDark(carrier, false);
            assertThat(new Client(carrier).twilio("a").statusCode()).isEqualTo(201);
        }
    }

    @Test
    @DisplayName("not at the times of a script that was replaced")
    void replacedScript() throws Exception {
        var clock = new SteppingClock();
        try (var carrier = CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .clock(clock)
                .faults(FaultScript.of("dark=10s..60s"))
                .start()) {
            carrier.faults(FaultScript.of("dark=20s..30s"));

            clock.step(Duration.ofSeconds(20)); // both are due, the replaced one first
            awaitDark(carrier, true);
            clock.step(Duration.ofSeconds(10));
            awaitDark(carrier, false);
            assertThat(carrier.statistics().timesDark()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("for a moment after a share of submissions")
    void flickers() throws Exception {
        var clock = new SteppingClock();
        try (var carrier = CarrierSimulator.builder()
                .twilio(Client.TWILIO)
                .clock(clock)
                .faults(FaultScript.of("refuse=100%/2s"))
                .start()) {
            assertThat(new Client(carrier).twilio("a").statusCode()).isEqualTo(201);
            assertThatThrownBy(() -> new Client(carrier).twilio("b")).isInstanceOf(ConnectException.class);

            clock.step(Duration.ofSeconds(2));
            awaitDark(carrier, false);
            assertThat(new Client(carrier).twilio("b").statusCode()).isEqualTo(201);
        }
    }

    /** Bounded by the time limit of the test. */
    private static void awaitDark(CarrierSimulator carrier, boolean dark) {
        while (carrier.isDark() != dark) {
            Thread.onSpinWait();
        }
    }
}
