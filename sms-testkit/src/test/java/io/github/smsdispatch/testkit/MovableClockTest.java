package io.github.smsdispatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A movable clock")
class MovableClockTest {
    private static final Instant START = Instant.parse("2026-03-08T12:00:00Z");

    @Test
    @DisplayName("stands still until it is moved")
    void standsStill() {
        var clock = MovableClock.startingAt(START);
        assertThat(clock.instant()).isEqualTo(START);

        clock.advance(Duration.ofSeconds(2));
        clock.advance(Duration.ofMillis(1));

        assertThat(clock.instant()).isEqualTo(START.plusMillis(2001));
    }

    @Test
    @DisplayName("can run with another clock, ahead of it")
    void runs() {
        var base = MovableClock.startingAt(START);
        var clock = MovableClock.runningWith(base);
        clock.advance(Duration.ofHours(1));

        base.advance(Duration.ofSeconds(1));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3601));
    }

    @Test
    @DisplayName("does not run backwards")
    void forwardOnly() {
        assertThatThrownBy(() -> MovableClock.startingAt(START).advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forward only");
    }
}
