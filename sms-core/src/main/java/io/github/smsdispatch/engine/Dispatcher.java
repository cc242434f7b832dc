package io.github.smsdispatch.engine;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.store.BeginRound;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.Line;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The dispatch loop: sort into the lines of accounts, commit the intent, hand over, record. One thread steps; the hand-overs run
 * beside it.
 *
 * <p>A message waits in the line of its account, in the store, until the account has room: only then is its attempt committed. So
 * a crash leaves doubts only about what may really be on the wire, and what waits for one account is in nobody's way. No
 * transaction is open while a provider is called.
 */
final class Dispatcher implements Loop.Step {
    private static final Duration SOONEST = Duration.ofMillis(5);

    private final Collection<Account> accounts;
    private final Sorter sorter;
    private final Backlog backlog;
    private final HandOvers handOvers;
    private final Recorder recorder;
    private final EngineSettings settings;

    Dispatcher(
            Collection<Account> accounts,
            Sorter sorter,
            Backlog backlog,
            HandOvers handOvers,
            Recorder recorder,
            EngineSettings settings) {
        this.accounts = accounts;
        this.sorter = sorter;
        this.backlog = backlog;
        this.handOvers = handOvers;
        this.recorder = recorder;
        this.settings = settings;
    }

    @Override
    public Loop.Pace step() {
        recorder.flush();
        handOvers.settleStrays();
        if (isBehind()) {
            return Loop.Pace.IDLE;
        }
        backlog.look();
        boolean sorted;
        boolean begun;
        try {
            sorted = sorter.sort();
        } finally {
            // Whatever keeps those without an account from being sorted, those that wait in line go.
            begun = begin();
        }
        if (sorted || begun) {
            return Loop.Pace.BUSY;
        }
        // Room that comes free wakes the loop by itself, the time that a rate wants does not.
        return heldBackFor().isZero() ? Loop.Pace.IDLE : Loop.Pace.SOON;
    }

    @Override
    public Duration soon() {
        return Durations.max(SOONEST, Durations.min(heldBackFor(), settings.idlePause()));
    }

    /** How long until a rate lets the next begin that waits for nothing else; zero: none does. */
    private Duration heldBackFor() {
        return accounts.stream()
                .filter(account -> !backlog.lanes(account.name()).isEmpty())
                .map(Account::heldBackFor)
                .filter(pause -> !pause.isZero())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Override
    public boolean isDue() {
        backlog.look();
        return recorder.unwritten() > 0
                || handOvers.hasStrays()
                || sorter.isDue()
                || accounts.stream()
                        .anyMatch(account -> account.room() > 0
                                && !backlog.lanes(account.name()).isEmpty());
    }

    /** Whether as many outcomes wait to be written as may be under way: whatever is begun beyond them would be in doubt after a crash. */
    private boolean isBehind() {
        int most = accounts.stream().mapToInt(Account::window).sum();
        return recorder.unwritten() > most;
    }

    /** Gives what is sorted and not begun back to the queue, for a stop. */
    void giveBack() {
        sorter.takeChosen().forEach(sorter::letWait);
        sorter.release();
    }

    private boolean begin() {
        Map<Account, List<Claim>> chosen = sorter.takeChosen();
        try {
            var atOnce = new LinkedHashMap<Account, List<Claim>>();
            var fromLine = new LinkedHashMap<Account, Map<Lane, Integer>>();
            for (Account account : accounts) {
                List<Claim> claims = chosen.getOrDefault(account, List.of());
                Set<Lane> lanes = backlog.lanes(account.name());
                int room = lanes.isEmpty() ? Math.min(account.room(), claims.size()) : account.room();
                int permitted = account.permitted(claims.size() + lanes.size(), room);
                int first = Math.min(permitted, claims.size());
                atOnce.put(account, claims.subList(0, first));
                sorter.letWait(account, claims.subList(first, claims.size()));
                if (permitted > first) {
                    fromLine.put(account, account.turns().share(permitted - first, lanes));
                }
            }
            boolean any;
            try {
                sorter.release();
            } finally {
                any = handOvers.begin(atOnce);
                any |= beginNext(fromLine);
            }
            return any;
        } catch (RuntimeException e) {
            // For those whose intents were committed all the same this is void.
            chosen.forEach(sorter::letWait);
            throw e;
        }
    }

    private boolean beginNext(Map<Account, Map<Lane, Integer>> places) {
        if (places.isEmpty()) {
            return false;
        }
        var asked = new HashSet<Line>();
        places.forEach((account, shares) -> shares.keySet().forEach(lane -> {
            var line = new Line(account.name(), lane);
            backlog.take(line);
            asked.add(line);
        }));
        try {
            BeginRound round = handOvers.beginNext(places);
            asked.removeAll(round.emptied());
            // What a line had no use for is another lane's in the next round.
            return !round.changes().isEmpty() || !round.emptied().isEmpty();
        } finally {
            asked.forEach(backlog::add);
        }
    }
}
