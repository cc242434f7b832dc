package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How far the work lags behind")
class LagTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    @DisplayName("is told by kind, from the longest due, and is zero for what is not due and what there is none of")
    void byKind() {
        var lines = Map.of(
                new Line(null, Lane.NORMAL), NOW.minusSeconds(60),
                new Line(ProviderAccount.of("first"), Lane.BULK), NOW.minusSeconds(90));
        var outlook = new Outlook(NOW, lines, NOW.plusSeconds(5), NOW.minusMillis(20), null, NOW.minusSeconds(3600));
        assertThat(Overdue.of(outlook))
                .isEqualTo(new Overdue(
                        Duration.ofSeconds(90),
                        Duration.ZERO,
                        Duration.ofMillis(20),
                        Duration.ZERO,
                        Duration.ofHours(1)));
    }

    @Test
    @DisplayName("grows while nobody hands over, and is nothing afterwards")
    void ofAnEngine() {
        var virtual = new VirtualEngine(new FakeProvider("first"));
        virtual.send("hello");
        virtual.clock.advance(Duration.ofMinutes(2));
        assertThat(virtual.engine.overdue().lines()).isEqualTo(Duration.ofMinutes(2));
        virtual.settle();
        assertThat(virtual.engine.overdue())
                .isEqualTo(new Overdue(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
