package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.store.Line;
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

    /** What the numbers of an account lie apart: the last digit says what for, 1 to 3 a hand-over in a lane. */
    static final int ACCOUNT = 10;

    /** The last digit for what waits for something else: a look-up, or without an account the end of a hand-over. */
    static final int OTHER = 4;

    /** The end of a hand-over, or of its lease. */
    static final int SUBMITTING = OTHER;

    /** The last digit, without an account, for what waits for a hand-over in vain: no loop asks for it, {@code closes_at} ends it. */
    static final int ASIDE = 5;

    /** What is due in a queue, the longest due first: columns of one index. */
    static final String DUE = "m.queue = ? AND m.next_at <= ?";

    static final String DUE_ORDER = "m.queue, m.next_at";

    private Queue() {}

    /** A hand-over: 1 to 3 where no account is chosen yet. */
    static int of(Line line, Accounts accounts) {
        Integer account = accounts.idOrNull(line.account());
        return (account == null ? 0 : ACCOUNT * account) + Codes.LANE.number(line.lane());
    }

    /** A look-up at an account. */
    static int ofLookups(int accountId) {
        return ACCOUNT * accountId + OTHER;
    }

    /** The number of the account that a message waits for; null: no account is chosen yet. */
    static @Nullable Integer routeOf(int queue) {
        return queue < ACCOUNT ? null : queue / ACCOUNT;
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
            case SCHEDULED, QUEUED ->
                standing.isAside(message.expiresAt())
                        ? ASIDE
                        : of(new Line(standing.route(), message.lane()), accounts);
            case SUBMITTING -> SUBMITTING;
            case SENT, IN_DOUBT -> {
                var account = standing.account();
                if (account == null) {
                    throw new IllegalStateException("a message was handed over, but to no account");
                }
                yield ofLookups(accounts.id(account));
            }
            default -> NONE;
        };
    }
}
