package io.github.smsdispatch.internal;

import java.time.Duration;
import java.time.Instant;

/** The few sums with time that several loops need. */
public final class Durations {
    private Durations() {}

    public static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    public static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** From now until then; zero if then is past. */
    public static Duration until(Instant then, Instant now) {
        return max(Duration.ZERO, Duration.between(now, then));
    }
}
