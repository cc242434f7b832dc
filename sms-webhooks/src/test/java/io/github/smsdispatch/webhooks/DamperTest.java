package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A damper")
class DamperTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private long now = Long.MAX_VALUE - 3;

    private final Damper damper = new Damper(() -> now);

    @Test
    @DisplayName("lets one through in a minute, which speaks for those held back before it")
    void oneAMinute() {
        assertThat(damper.speaksFor()).isEqualTo(1);
        assertThat(damper.speaksFor()).isZero();
        now += MINUTE - 1;
        assertThat(damper.speaksFor()).isZero();
        now += 1;
        assertThat(damper.speaksFor()).isEqualTo(3);
        assertThat(damper.speaksFor()).isZero();
    }
}
