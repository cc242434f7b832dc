package io.github.smsdispatch.store;

import io.github.smsdispatch.spi.FailureReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message is handed over again after a provider took it and reported later that it was not delivered, though it
 * might be another time.
 *
 * @param most how often at the most for one message, from 0
 * @param firstPause how long it waits before the first time; positive
 * @param longestPause what the pause, which doubles each time, never exceeds; not shorter than the first
 */
public record LateRetries(int most, Duration firstPause, Duration longestPause) {
    /** Never: what is not delivered is UNDELIVERED, whatever the reason. */
    public static final LateRetries NEVER = new LateRetries(0, Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** @throws IllegalArgumentException if one of them is out of its range */
    public LateRetries {
        if (most < 0) {
            throw new IllegalArgumentException("late retries must be at least 0, but are " + most);
        }
        if (firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("pauses must be positive, and the longest not below the first");
        }
    }

    /**
     * Whether a receipt with this reason says "not now". Never where it says something of the text, the number, or a wish not to be
     * texted; nor of sender or destination, which are also what providers report when a regulation or a missing consent forbids
     * the text, and trying elsewhere would get around it; nor where nobody knows the reason.
     *
     * @param reason of the receipt; null: unknown
     */
    public static boolean mayPass(@Nullable FailureReason reason) {
        if (reason == null) {
            return false;
        }
        return switch (reason) {
            case RECIPIENT_BUSY, THROTTLED, UNAVAILABLE, ACCOUNT -> true;
            case RECIPIENT, OPTED_OUT, CONTENT, SENDER, DESTINATION -> false;
        };
    }

    /**
     * How long a message waits that failed late so often before.
     *
     * @param failedBefore from 0
     */
    public Duration pauseAfter(int failedBefore) {
        // 2^30 times any pause is beyond every limit; more would overflow.
        long factor = 1L << Math.min(30, Math.max(0, failedBefore));
        return firstPause.compareTo(longestPause.dividedBy(factor)) > 0
                ? longestPause
                : firstPause.multipliedBy(factor);
    }
}
