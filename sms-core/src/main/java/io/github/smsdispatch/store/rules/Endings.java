package io.github.smsdispatch.store.rules;

import static io.github.smsdispatch.MessageState.QUEUED;

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

    /** Whether a message has outlived its validity, and the grace where it counts; all hand-overs of it must be here. */
    public boolean isOver(MessageRecord message, Duration grace) {
        MessageState end = afterValidity(message);
        boolean mayStillCome = round.records().mayBeTaken(message.id());
        Instant until = mayStillCome ? StoreTime.of(round.now().minus(grace)) : round.now();
        return end != null && !message.expiresAt().isAfter(until);
    }

    /** Ends a message that {@link #isOver}. */
    public void expire(MessageRecord message) {
        MessageState end = afterValidity(message);
        if (end != null) {
            round.move(message, end, why(message, end));
        }
    }

    /**
     * Takes a message out of its line that may not be claimed any more, and is not over either: an earlier hand-over may have been
     * taken, so that it waits for a report until its grace ends. Does nothing to others; all hand-overs of it must be here.
     */
    public void setAside(MessageRecord message) {
        boolean isInVain = message.state() == QUEUED
                && !message.expiresAt().isAfter(round.now())
                && !message.standing().isAside(message.expiresAt())
                && round.records().mayBeTaken(message.id());
        if (isInVain) {
            round.become(message, message.standing().aside(message.expiresAt()));
        }
    }

    private static Why why(MessageRecord message, MessageState end) {
        Standing last = message.standing();
        return end == MessageState.UNDELIVERED
                // Why it was not delivered is what was said last, and the time only put an end to trying.
                ? new Why(EventSource.EXPIRY, last.account(), last.reason(), last.code(), "its validity has ended")
                : new Why(EventSource.EXPIRY, last.account(), null, whyItWaited(message, end));
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

    /** What a message ends in when its validity has ended; null: it does not end so in the state it is in. */
    private @Nullable MessageState afterValidity(MessageRecord message) {
        return switch (message.state()) {
            case SCHEDULED -> MessageState.EXPIRED;
            case QUEUED ->
                round.records().mayBeTaken(message.id())
                        ? MessageState.UNCONFIRMED
                        : round.records().endOf(message.id(), MessageState.EXPIRED);
            case SENT, IN_DOUBT ->
                // One part is not delivered, and of the others nothing was heard.
                round.records().latestAttempt(message.id()).hasFailed()
                        ? MessageState.UNDELIVERED
                        : MessageState.UNCONFIRMED;
            default -> null;
        };
    }
}
