package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a receipt is tried that belongs to no known hand-over: one that was early, or one of a message that somebody else
 * has sent over the same account.
 *
 * <p>Each pause is about as long as the receipt has waited so far, and never longer. So an early one is late by no more
 * than it was early, and a stranger's is looked at about twenty times in all. Pauses are powers of two, and the last try
 * is at a full hour, so that receipts that came together are put off together.
 */
public final class Retries {
    /**
     * After this a receipt is not tried again: what a provider took becomes known through an answer or a look-up while its
     * message is open, and a message's validity is 30 days at most ({@link Message.Builder#validity}).
     */
    public static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private Retries() {}

    /** When to try next what could not be applied now, at least a second from now except for the last try. Null: never. */
    public static @Nullable Instant after(Instant receivedAt, Instant now) {
        Instant last = receivedAt.plus(LONGEST_WAIT).truncatedTo(ChronoUnit.HOURS);
        if (!now.isBefore(last)) {
            return null;
        }
        long waited = Duration.between(receivedAt, now).toSeconds();
        Instant next = now.plusSeconds(Math.max(1, Long.highestOneBit(waited)));
        return next.isAfter(last) ? last : next;
    }
}
