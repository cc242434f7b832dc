package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How far the work lags behind")
class LagTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ProviderAccount FIRST = ProviderAccount.of("first");
    private static final ProviderAccount SECOND = ProviderAccount.of("second");
    private static final ProviderAccount GONE = ProviderAccount.of("gone");

    @Test
    @DisplayName(
            "is told by kind, lines and look-ups by account, and is zero for what is not due and what there is none of")
    void byKind() {
        var lines = Map.of(
                new Line(null, Lane.NORMAL), NOW.minusSeconds(60),
                new Line(FIRST, Lane.BULK), NOW.minusSeconds(90),
                new Line(FIRST, Lane.REPLY), NOW,
                new Line(SECOND, Lane.BULK), NOW.plusSeconds(1));
        var lookups = Map.of(FIRST, NOW.minusMillis(20), SECOND, NOW.plusMillis(20));
        var outlook = new Outlook(NOW, lines, NOW.plusSeconds(5), lookups, null, NOW.minusSeconds(3600));

        Overdue overdue = Overdue.of(outlook, Map.of(), List.of(FIRST, SECOND));

        assertThat(overdue)
                .isEqualTo(new Overdue(
                        Map.of(
                                new Line(null, Lane.NORMAL), Duration.ofSeconds(60),
                                new Line(FIRST, Lane.BULK), Duration.ofSeconds(90)),
                        Duration.ZERO,
                        Map.of(FIRST, Duration.ofMillis(20)),
                        Duration.ZERO,
                        Duration.ofHours(1)));
        assertThat(overdue.longestInLine()).isEqualTo(Duration.ofSeconds(90));
        assertThat(overdue.longestLookup()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    @DisplayName("does not count what an operator has stopped, nor look-ups of accounts that the engine does not have")
    void stopped() {
        Instant then = NOW.minusSeconds(60);
        var lines = Map.of(
                new Line(FIRST, Lane.NORMAL), then,
                new Line(SECOND, Lane.NORMAL), then,
                new Line(GONE, Lane.NORMAL), then);
        var lookups = Map.of(FIRST, then, SECOND, then, GONE, then);
        var outlook = new Outlook(NOW, lines, null, lookups, null, null);

        Overdue overdue =
                Overdue.of(outlook, Map.of(FIRST, RunState.PAUSED, SECOND, RunState.DRAINING), List.of(FIRST, SECOND));

        assertThat(overdue.lines()).containsOnlyKeys(new Line(GONE, Lane.NORMAL));
        assertThat(overdue.lookups()).containsOnlyKeys(SECOND);
    }

    @Test
    @DisplayName("grows while nobody hands over, and is nothing afterwards")
    void ofAnEngine() {
        var virtual = new VirtualEngine(new FakeProvider("first"));
        virtual.send("hello");
        virtual.clock.advance(Duration.ofMinutes(2));
        assertThat(virtual.engine.overdue().lines())
                .isEqualTo(Map.of(new Line(FIRST, Lane.NORMAL), Duration.ofMinutes(2)));
        virtual.engine.setRunState(FIRST, RunState.PAUSED);
        assertThat(virtual.engine.overdue().lines()).isEmpty();
        virtual.engine.setRunState(FIRST, RunState.RUNNING);
        virtual.settle();
        assertThat(virtual.engine.overdue())
                .isEqualTo(new Overdue(Map.of(), Duration.ZERO, Map.of(), Duration.ZERO, Duration.ZERO));
    }
}
