package io.github.smsdispatch.engine;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a message: hand it to an account, let it wait for one, hold it back, or end it.
 *
 * @param account the account that can take it now; null: none
 * @param route the account in whose line it waits until then; null: in none
 * @param next the state without a hand-over now: QUEUED, REJECTED, SUPPRESSED or EXPIRED
 * @param hold why it waits; null unless it does
 * @param pause how long it is left alone
 * @param detail what to tell people; null: nothing
 */
record Decision(
        @Nullable Account account,
        @Nullable ProviderAccount route,
        MessageState next,
        @Nullable HoldReason hold,
        Duration pause,
        @Nullable String detail) {

    /** To an account that can take it. */
    static Decision handTo(Account account) {
        return new Decision(account, account.name(), MessageState.QUEUED, null, Duration.ZERO, null);
    }

    /** Into the line of an account that cannot take anything for now, or is another node's. */
    static Decision waitFor(ProviderAccount account, HoldReason reason, @Nullable String detail) {
        return new Decision(null, account, MessageState.QUEUED, reason, Duration.ZERO, detail);
    }

    /** For a reason of its own: then it is looked at anew. */
    static Decision hold(HoldReason reason, Duration pause, @Nullable String detail) {
        return new Decision(null, null, MessageState.QUEUED, reason, pause, detail);
    }

    /** Into the line of an account that takes others first. */
    static Decision joinLine(Account account) {
        return new Decision(null, account.name(), MessageState.QUEUED, null, Duration.ZERO, null);
    }

    static Decision end(MessageState state, String detail) {
        return new Decision(null, null, state, null, Duration.ZERO, detail);
    }

    /** Whether it can only wait for this account. */
    boolean waitsFor(@Nullable ProviderAccount name) {
        return account == null && name != null && name.equals(route);
    }
}
