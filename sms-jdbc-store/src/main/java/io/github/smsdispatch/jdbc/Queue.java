package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The number of what a message waits for. One narrow index over it and {@code next_at} serves claims, recovery,
 * look-ups, the question when the next work is due, and retention.
 */
final class Queue {
    /** Nothing: the message is final, and number and text are erased. */
    static final int ERASED = -1;

    /** Nothing: the message is final. */
    static final int NONE = 0;

    /** The end of a hand-over, or of its lease. */
    static final int SUBMITTING = 4;

    /** What is due in a queue, the longest due first: columns of one index. */
    static final String DUE = "m.queue = ? AND m.next_at <= ?";

    static final String DUE_ORDER = "m.queue, m.next_at";

    /** What the number of an account is added to. */
    static final int FIRST_ACCOUNT = 100;

    private Queue() {}

    /** A claim in a lane: 1 to 3. */
    static int ofLane(Lane lane) {
        return Codes.LANE.number(lane);
    }

    /** A look-up at an account. */
    static int ofAccount(int accountId) {
        return FIRST_ACCOUNT + accountId;
    }

    /**
     * The time in the queue: when the message needs attention, or when it became final, by which those that have been so
     * for long are found.
     */
    static @Nullable Instant timeOf(Standing standing) {
        return standing.state().isFinal() ? standing.updatedAt() : standing.nextAt();
    }

    static int of(MessageRecord message, Standing standing, Accounts accounts) {
        MessageState state = standing.state();
        return switch (state) {
            case SCHEDULED, QUEUED -> ofLane(message.lane());
            case SUBMITTING -> SUBMITTING;
            case SENT, IN_DOUBT -> {
                var account = standing.account();
                if (account == null) {
                    throw new IllegalStateException("a message was handed over, but to no account");
                }
                yield ofAccount(accounts.id(account));
            }
            default -> NONE;
        };
    }
}
