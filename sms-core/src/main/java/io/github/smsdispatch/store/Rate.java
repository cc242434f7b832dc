package io.github.smsdispatch.store;

import java.time.Duration;

/**
 * An agreed throughput: so many hand-overs in a period, evenly spread. Kept to exactly: three a second are a thousand in
 * 333⅓ seconds, not in 333.
 *
 * @param count how many; at least 1
 * @param period in which time; 1 ms to 1 day, what is smaller than a microsecond does not count
 */
public record Rate(int count, Duration period) {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(1);

    /** @throws IllegalArgumentException if one of them is out of its range */
    public Rate {
        if (count < 1) {
            throw new IllegalArgumentException("a rate must be at least 1, but is " + count);
        }
        if (period.compareTo(LEAST) < 0 || period.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "the period of a rate must be at least " + LEAST + " and at most " + MOST + ", but is " + period);
        }
    }

    /** How many begin in this time, rounded up; at least 1. */
    public int in(Duration time) {
        double exact = (double) count * time.toNanos() / period.toNanos();
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(exact)));
    }
}
