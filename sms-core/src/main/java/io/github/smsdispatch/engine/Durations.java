package io.github.smsdispatch.engine;

import java.time.Duration;
import java.time.Instant;

/** The few sums with time that several loops need. */
final class Durations {
    private Durations() {}

    static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** From now until then; zero if then is past. */
    static Duration until(Instant then, Instant now) {
        return max(Duration.ZERO, Duration.between(now, then));
    }
}
