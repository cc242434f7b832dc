package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ends that no provider brings: the end of the validity, and withdrawal. */
public final class Endings {
    private final Round round;

    /** Works on the records of the round. */
    public Endings(Round round) {
        this.round = round;
    }

    /** What a state ends in when the validity has ended; null: it does not end so. */
    public static @Nullable MessageState afterValidity(MessageState state) {
        return switch (state) {
            case SCHEDULED, QUEUED -> MessageState.EXPIRED;
            case SENT, IN_DOUBT -> MessageState.UNCONFIRMED;
            default -> null;
        };
    }

    /** Until when messages in a state that {@link #afterValidity} ends must have been valid to be ended now. */
    public static Instant expiredUntil(MessageState state, Instant now, Duration grace) {
        return afterValidity(state) == MessageState.UNCONFIRMED ? StoreTime.of(now.minus(grace)) : now;
    }

    /** Whether a message has outlived its validity, and the grace where it counts. */
    public static boolean isOver(MessageRecord message, Instant now, Duration grace) {
        return afterValidity(message.state()) != null
                && !message.expiresAt().isAfter(expiredUntil(message.state(), now, grace));
    }

    /** Ends a message that {@link #isOver}. */
    public void expire(MessageRecord message) {
        MessageState end = afterValidity(message.state());
        if (end != null) {
            round.move(
                    message, end, new Why(EventSource.EXPIRY, message.standing().account(), null, null));
        }
    }

    /** Withdraws a message if it is not with a provider. */
    public void cancel(MessageRecord message) {
        round.move(message, MessageState.CANCELLED, Why.of(EventSource.CALLER));
    }
}
