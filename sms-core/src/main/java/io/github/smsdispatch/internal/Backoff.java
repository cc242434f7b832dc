package io.github.smsdispatch.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from {@code first} up to {@code most}. With jitter, so that what failed together does not come
 * back together.
 */
public record Backoff(Duration first, Duration most) {
    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("pauses must be positive, and the longest not below the first");
        }
    }

    /** The pause after so many earlier ones, without jitter. */
    public Duration after(int earlier) {
        // 2^30 times any pause is beyond every limit; more would overflow.
        long factor = 1L << Math.min(30, Math.max(0, earlier));
        return first.compareTo(most.dividedBy(factor)) > 0 ? most : first.multipliedBy(factor);
    }

    /** The pause after so many earlier ones, the last fifth of it by chance. */
    public Duration after(int earlier, RandomGenerator random) {
        // Beyond any clock, but no reason to fail.
        long millis =
                Durations.min(after(earlier), Duration.ofMillis(Long.MAX_VALUE)).toMillis();
        return Duration.ofMillis(millis - (long) (millis * 0.2 * random.nextDouble()));
    }
}
