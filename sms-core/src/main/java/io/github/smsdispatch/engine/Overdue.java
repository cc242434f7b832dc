package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far all nodes on a store together lag behind: by how much the longest due work of each kind is overdue, by the store's
 * clock. Zero: nothing is due, or it is due just now. What grows for minutes is done by nobody, or not fast enough.
 *
 * <p>What an operator has stopped is left out: hand-overs of accounts that are DRAINING or PAUSED, look-ups of those that are PAUSED.
 * So are look-ups of accounts that the engine does not have: whoever has them tells of them.
 *
 * @param lines messages that wait to be handed over, by account and lane; without an account: those for which none is chosen yet.
 *     What is not in it is not overdue. Of an account that is down, its messages wait until it is up or they go elsewhere; of one with
 *     a rate, as long as the backlog takes at that rate, and nothing is wrong with that
 * @param recoveries claims and hand-overs whose lease has ended
 * @param lookups messages whose status is to be asked for, by account; what is not in it is not overdue
 * @param receipts receipts that wait in the inbox
 * @param endings messages whose validity has ended
 */
public record Overdue(
        Map<Line, Duration> lines,
        Duration recoveries,
        Map<ProviderAccount, Duration> lookups,
        Duration receipts,
        Duration endings) {
    /** Copies the maps. */
    public Overdue {
        lines = Map.copyOf(lines);
        lookups = Map.copyOf(lookups);
    }

    /** By how much the message is overdue that has waited longest in any line. */
    public Duration longestInLine() {
        return longest(lines.values());
    }

    /** By how much the look-up is overdue that has waited longest, of any account. */
    public Duration longestLookup() {
        return longest(lookups.values());
    }

    private static Duration longest(Collection<Duration> all) {
        return all.isEmpty() ? Duration.ZERO : Collections.max(all);
    }

    /**
     * @param wanted what operators have set
     * @param own the accounts of the engine
     */
    static Overdue of(Outlook outlook, Map<ProviderAccount, RunState> wanted, Collection<ProviderAccount> own) {
        Instant now = outlook.now();
        return new Overdue(
                since(outlook.lines(), now, line -> stateOf(line.account(), wanted) == RunState.RUNNING),
                since(outlook.recoveries(), now),
                since(
                        outlook.lookups(),
                        now,
                        account -> own.contains(account) && stateOf(account, wanted) != RunState.PAUSED),
                since(outlook.receipts(), now),
                since(outlook.endings(), now));
    }

    private static RunState stateOf(@Nullable ProviderAccount account, Map<ProviderAccount, RunState> wanted) {
        return account == null ? RunState.RUNNING : wanted.getOrDefault(account, RunState.RUNNING);
    }

    private static <K> Map<K, Duration> since(Map<K, Instant> due, Instant now, Predicate<K> counts) {
        var overdue = new HashMap<K, Duration>();
        due.forEach((key, at) -> {
            if (at.isBefore(now) && counts.test(key)) {
                overdue.put(key, since(at, now));
            }
        });
        return overdue;
    }

    private static Duration since(@Nullable Instant due, Instant now) {
        return due == null ? Duration.ZERO : Durations.until(now, due);
    }
}
