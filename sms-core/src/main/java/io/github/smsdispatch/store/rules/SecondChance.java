package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.store.LateRetries;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a message whose latest hand-over was reported as not delivered, for a reason that may pass, goes another time. */
final class SecondChance {
    private final Round round;
    private final LateRetries retries;

    SecondChance(Round round, LateRetries retries) {
        this.round = round;
        this.retries = retries;
    }

    /**
     * When the message may be handed over again, once all parts of the hand-over are known to have failed. Null: never, because
     * part of it is delivered, another hand-over may still be, it was tried often enough, or its validity ends before.
     */
    @Nullable
    Instant after(MessageRecord message, AttemptRecord failed) {
        int before = 0;
        for (AttemptRecord other : round.records().attemptsOf(message.id())) {
            if (other != failed && Records.mayBeTaken(other)) {
                return null;
            }
            before += other != failed && other.cameToNothing() ? 1 : 0;
        }
        if (before >= retries.most() || failed.isDeliveredInPart()) {
            return null;
        }
        Duration pause = retries.pauseAfter(before);
        // Compared as durations: a pause of any length must not lead beyond the calendar.
        return pause.compareTo(Duration.between(round.now(), message.expiresAt())) < 0
                ? StoreTime.of(round.now().plus(pause))
                : null;
    }
}
