package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Standing;

/**
 * The number of what a message waits for. One narrow index over it and {@code next_at} serves claims, recovery,
 * look-ups and the question when the next work is due.
 */
final class Queue {
    /** Nothing: the message is final. */
    static final int NONE = 0;

    /** The end of a hand-over, or of its lease. */
    static final int SUBMITTING = 4;

    private static final int FIRST_ACCOUNT = 100;

    private Queue() {}

    /** A claim in a lane: 1 to 3. */
    static int ofLane(Lane lane) {
        return Codes.LANE.number(lane);
    }

    /** A look-up at an account. */
    static int ofAccount(int accountId) {
        return FIRST_ACCOUNT + accountId;
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
