package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an engine fares. Of this node alone, and neither the store nor a provider is asked for it, so any probe may.
 *
 * <p>A <em>liveness</em> probe, which has the process started again, should look at {@link #running} and nothing else: a
 * store that is out of reach, or hangs, gets no better by it, and {@link #unwrittenOutcomes} would be lost. A
 * <em>readiness</em> probe, which decides whether requests come to this node, should want {@code running}, no
 * {@link #storeTrouble} and a {@link #longestStep} of less than half a minute or so: without the store neither an enqueue nor a
 * webhook can be taken. Accounts belong in neither: what goes to one that is down waits, or goes elsewhere; raise an alarm when
 * it stays so. Nor does {@link #loopTrouble}: it is mostly that of all nodes at once, and wants a person.
 *
 * @param running whether all of its threads run: it was started, is not closed, and none of them has died
 * @param storeTrouble why the store cannot be used at the moment; null: it can
 * @param loopTrouble which of its loops does not get on for a reason that is not the store's, and the class of what was thrown,
 *     such as {@code sms-dispatch: java.lang.IllegalStateException}; null: none. It is tried again and again, but rather a bug,
 *     of which the log shows more: what this loop does (hand over, look up, apply receipts) is done in part or not at all
 * @param failedRounds how many rounds in a row have failed, of the loop that has failed most, be it because of the store or of
 *     {@code loopTrouble}; 0: the last of each went well. A failed round is tried again after 0.1 s, later every 5 s
 * @param longestStep for how long the slowest of the engine's threads has been at its present step, by real time; zero: they
 *     all rest. Milliseconds when all is well, and more only with very slow statements. Where it grows from look to look, a
 *     statement hangs (a table or a row that somebody has locked, a connection that is dead and has no time-out), or else your
 *     routing or a listener
 * @param unwrittenOutcomes how many outcomes of hand-overs are known but not yet in the store; 0 nearly always. What is not
 *     written when the process ends is in doubt
 * @param strandedAccounts accounts that this engine does not have, and in whose lines messages have waited for more than five
 *     minutes, sorted, as of the last look into the store; without those that an operator has stopped. Where every node has the same
 *     accounts one of them was taken out of the configuration, and nobody hands over what waits for it: set it to PAUSED, and that
 *     is routed anew. Where another node has it, that one is slow or gone, and its own health says more
 * @param accounts its accounts, in the order they were given
 */
public record EngineHealth(
        boolean running,
        @Nullable String storeTrouble,
        @Nullable String loopTrouble,
        int failedRounds,
        Duration longestStep,
        int unwrittenOutcomes,
        List<ProviderAccount> strandedAccounts,
        List<AccountHealth> accounts) {
    /** Copies the lists. */
    public EngineHealth {
        strandedAccounts = List.copyOf(strandedAccounts);
        accounts = List.copyOf(accounts);
    }
}
