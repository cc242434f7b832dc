package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lines to look through for messages that another account could take: those of accounts that take nothing for now. Each line is
 * walked from its front to its end, step by step; what has to stay keeps its place, and the more of a step has to, the longer the
 * pause before the next, so that a backlog which has to wait costs next to nothing. No more goes to another account than it can
 * begin: the next step waits until those that the last one moved are begun. Only the dispatch loop touches it.
 */
final class Detours {
    /** How many are looked at together. */
    static final int STEP = 200;

    /** How long to pause when all of a step had to stay; in part, as much less. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** How long to pause at the end of a line: what may go elsewhere has gone, and what is new goes there at once. */
    private static final Duration PAUSE_AT_THE_END = Duration.ofSeconds(30);

    private final Map<ProviderAccount, Account> accounts;
    private final Backlog backlog;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Map<Line, Walk> walks = new HashMap<>();

    /** What operators have set, also for accounts of other nodes. */
    private volatile Map<ProviderAccount, RunState> runStates = Map.of();

    /**
     * How far a line has been walked.
     *
     * @param after the last that was looked at; null: the next step begins at the front
     * @param pausedUntil when the next step may be
     * @param movedTo where the last step has moved messages to
     */
    private record Walk(@Nullable Claim after, Instant pausedUntil, Set<ProviderAccount> movedTo) {}

    Detours(Map<ProviderAccount, Account> accounts, Backlog backlog, EngineSettings settings, InstantSource clock) {
        this.accounts = accounts;
        this.backlog = backlog;
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes note of what operators have set. By any thread. */
    void obey(Map<ProviderAccount, RunState> states) {
        runStates = Map.copyOf(states);
    }

    /** The next line to look through, the most urgent first; null: none now. */
    @Nullable
    Line next() {
        Instant now = clock.instant();
        List<Line> lost = backlog.lines().stream()
                .filter(line -> isLost(line, now))
                .sorted(Comparator.comparing(Line::lane))
                .toList();
        walks.keySet().removeIf(line -> !isLost(line, now));
        return lost.stream()
                .filter(line -> isThereAnother(line.account()) && mayGoOn(walks.get(line), now))
                .findFirst()
                .orElse(null);
    }

    /** Behind whom the next step along a line begins; null: at its front. */
    @Nullable
    Claim after(Line line) {
        Walk walk = walks.get(line);
        return walk == null ? null : walk.after();
    }

    /** Says what a step along a line has brought. */
    void took(Line line, List<Claim> claims, int stayed, Set<ProviderAccount> movedTo) {
        boolean isEnd = claims.size() < STEP;
        Duration pause = isEnd ? PAUSE_AT_THE_END : PAUSE.multipliedBy(stayed).dividedBy(claims.size());
        Claim last = isEnd ? null : claims.get(claims.size() - 1);
        walks.put(line, new Walk(last, clock.instant().plus(pause), Set.copyOf(movedTo)));
    }

    private boolean mayGoOn(@Nullable Walk walk, Instant now) {
        return walk == null
                || (!now.isBefore(walk.pausedUntil())
                        && walk.movedTo().stream()
                                .allMatch(account -> backlog.lanes(account).isEmpty()));
    }

    private boolean isLost(Line line, Instant now) {
        ProviderAccount name = line.account();
        if (name == null) {
            return false;
        }
        Account account = accounts.get(name);
        // Of an account of another node only the operator knows whether that is still there.
        return account == null
                ? runStates.getOrDefault(name, RunState.RUNNING) != RunState.RUNNING
                : takesNothing(account, now);
    }

    /** One that is to be probed takes the first in line. */
    private boolean takesNothing(Account account, Instant now) {
        boolean isUp = account.health().isUp();
        Instant soon = isUp ? now.plus(settings.throttlePatience()) : now;
        return account.runState() != RunState.RUNNING
                || account.availableAt().isAfter(soon)
                || (!isUp && account.inFlight().get() > 0);
    }

    private boolean isThereAnother(@Nullable ProviderAccount than) {
        return accounts.values().stream().anyMatch(account -> !account.name().equals(than) && account.isAvailable());
    }
}
