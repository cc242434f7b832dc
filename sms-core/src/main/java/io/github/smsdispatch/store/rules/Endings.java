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

    /**
     * What a message in a state ends in when the validity has ended; null: it does not end so.
     *
     * @param mayBeTaken whether a provider took it or may have taken it
     */
    public static @Nullable MessageState afterValidity(MessageState state, boolean mayBeTaken) {
        return switch (state) {
            case SCHEDULED -> MessageState.EXPIRED;
            case QUEUED -> mayBeTaken ? MessageState.UNCONFIRMED : MessageState.EXPIRED;
            case SENT, IN_DOUBT -> MessageState.UNCONFIRMED;
            default -> null;
        };
    }

    /** When the validity of what ends so must have been over to be ended now. */
    public static Instant expiredUntil(@Nullable MessageState end, Instant now, Duration grace) {
        return end == MessageState.UNCONFIRMED ? StoreTime.of(now.minus(grace)) : now;
    }

    /** Whether a message has outlived its validity, and the grace where it counts; all hand-overs of it must be here. */
    public boolean isOver(MessageRecord message, Duration grace) {
        MessageState end = afterValidity(message);
        return end != null && !message.expiresAt().isAfter(expiredUntil(end, round.now(), grace));
    }

    /** Ends a message that {@link #isOver}. */
    public void expire(MessageRecord message) {
        MessageState end = afterValidity(message);
        if (end != null) {
            round.move(
                    message,
                    end,
                    new Why(EventSource.EXPIRY, message.standing().account(), null, whyItWaited(message, end)));
        }
    }

    /** What kept a message in the queue until its end is why it ended so, and nobody says it again; null: nothing was said. */
    private static @Nullable String whyItWaited(MessageRecord message, MessageState end) {
        Standing last = message.standing();
        return end == MessageState.EXPIRED && last.hold() != null ? last.detail() : null;
    }

    /** Withdraws a message that is not with a provider and cannot be; all hand-overs of it must be here. */
    public void cancel(MessageRecord message) {
        if (!round.records().mayBeTaken(message.id())) {
            round.move(message, MessageState.CANCELLED, Why.of(EventSource.CALLER));
        }
    }

    private @Nullable MessageState afterValidity(MessageRecord message) {
        return afterValidity(message.state(), round.records().mayBeTaken(message.id()));
    }
}
