package io.github.smsdispatch.engine;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a claimed message: hand it to an account, or give it back in a state.
 *
 * @param account where it goes; null: nowhere now
 * @param next the state without an account: QUEUED, REJECTED, SUPPRESSED or EXPIRED
 * @param hold why it waits; null unless it does
 * @param pause how long it waits
 * @param detail what to tell people; null: nothing
 */
record Decision(
        @Nullable Account account,
        MessageState next,
        @Nullable HoldReason hold,
        Duration pause,
        @Nullable String detail) {

    static Decision handTo(Account account) {
        return new Decision(account, MessageState.SUBMITTING, null, Duration.ZERO, null);
    }

    static Decision hold(HoldReason reason, Duration pause) {
        return hold(reason, pause, null);
    }

    static Decision hold(HoldReason reason, Duration pause, @Nullable String detail) {
        return new Decision(null, MessageState.QUEUED, reason, pause, detail);
    }

    static Decision end(MessageState state, String detail) {
        return new Decision(null, state, null, Duration.ZERO, detail);
    }
}
