package io.github.smsdispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A damper")
class DamperTest {
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

    private final Damper damper = new Damper(() -> now, Duration.ofMinutes(1));

    @Test
    @DisplayName("lets one through in a minute, which speaks for those held back before it")
    void oneAMinute() {
        assertThat(damper.speaksFor()).isEqualTo(1);
        assertThat(damper.speaksFor()).isZero();
        now = now.plusMillis(59_999);
        assertThat(damper.speaksFor()).isZero();
        now = now.plusMillis(1);
        assertThat(damper.speaksFor()).isEqualTo(3);
        assertThat(damper.speaksFor()).isZero();
    }

    @Test
    @DisplayName("is not silent for a year because the clock is set back by one")
    void clockSetBack() {
        assertThat(damper.speaksFor()).isEqualTo(1);
        now = now.minus(Duration.ofDays(365));
        assertThat(damper.speaksFor()).isEqualTo(1);
        assertThat(damper.speaksFor()).isZero();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(damper.speaksFor()).isEqualTo(2);
    }
}
