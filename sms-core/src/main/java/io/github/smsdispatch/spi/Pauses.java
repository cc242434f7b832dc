package io.github.smsdispatch.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Pauses that providers ask for. */
final class Pauses {
    /** Longer ones are mistakes (a date taken for seconds), and the largest would overflow every clock. */
    private static final Duration MOST = Duration.ofHours(24);

    private Pauses() {}

    /** A Retry-After date that is past by the time it is read gives a negative pause: none is left. */
    static @Nullable Duration clip(@Nullable Duration pause) {
        if (pause == null || (!pause.isNegative() && pause.compareTo(MOST) <= 0)) {
            return pause;
        }
        return pause.isNegative() ? Duration.ZERO : MOST;
    }
}
