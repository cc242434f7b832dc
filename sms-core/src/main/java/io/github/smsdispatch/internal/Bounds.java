package io.github.smsdispatch.internal;

import java.time.Duration;
import java.util.Objects;

/** What the builders accept; all else is an {@link IllegalArgumentException} that names the setting. */
public final class Bounds {
    /** Longer is a slip of a unit, and no date is beyond the calendar by it. */
    private static final Duration MOST_PAUSE = Duration.ofDays(365);

    private Bounds() {}

    /** At most 365 days, too. */
    public static Duration positive(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isNegative() || value.isZero() || value.compareTo(MOST_PAUSE) > 0) {
            throw new IllegalArgumentException(
                    name + " must be positive and at most " + MOST_PAUSE + ", but is " + value);
        }
        return value;
    }

    /** The bounds included. */
    public static <T extends Comparable<? super T>> T between(T least, T value, T most, String name) {
        if (Objects.requireNonNull(value, name).compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be at least " + least + " and at most " + most + ", but is " + value);
        }
        return value;
    }

    /** The bound included. */
    public static int atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
        return value;
    }

    /** Both positive and at most 365 days. */
    public static Backoff pauses(Duration first, Duration most, String name) {
        positive(first, "the first " + name);
        positive(most, "the longest " + name);
        if (most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the longest " + name + " must not be below the first, " + first + ", but is " + most);
        }
        return new Backoff(first, most);
    }
}
