package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.EventSource;
import java.time.Duration;
import java.time.Instant;

/** What is kept of a message that is over, and for how long. */
public final class Retention {
    /**
     * How much longer than messages receipts are kept. A receipt comes at the earliest with the hand-over, and the
     * message is final 30 days later at the latest, the longest validity, or a little more for the grace. So by then its
     * message is gone, and one that comes again so soon is known again.
     */
    private static final Duration RECEIPTS_OUTLIVE = Duration.ofDays(32);

    private final Round round;

    /** Works on the records of the round. */
    public Retention(Round round) {
        this.round = round;
    }

    /** When a message must have become final to have been so for that long. */
    public static Instant finalUntil(Instant now, Duration finalFor) {
        if (finalFor.isNegative()) {
            throw new IllegalArgumentException("finalFor must not be negative, but is " + finalFor);
        }
        return earlier(now, finalFor);
    }

    /** When a receipt must have come in to go with messages that have been final for that long. */
    public static Instant receivedUntil(Instant now, Duration finalFor) {
        return earlier(finalUntil(now, finalFor), RECEIPTS_OUTLIVE);
    }

    /** Notes that number and text of a final message go; the store lets go of them. */
    public void erase(MessageRecord message, EventSource source) {
        round.note(message, new Why(source, null, null, "number and text were erased"));
    }

    /** What is longer ago than a store can keep is as long ago as it can. */
    private static Instant earlier(Instant time, Duration by) {
        Duration most = Duration.between(StoreTime.FIRST, time);
        return by.compareTo(most) >= 0 ? StoreTime.FIRST : StoreTime.of(time.minus(by));
    }
}
