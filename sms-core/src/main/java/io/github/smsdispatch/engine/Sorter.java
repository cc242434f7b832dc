package io.github.smsdispatch.engine;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Damper;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds an account for messages that have none, and another for those whose account takes nothing for now. Those whose account has
 * room, and nobody in line, are handed over at once; the others join its line. Only the dispatch loop touches it.
 */
final class Sorter {
    private static final Logger log = LoggerFactory.getLogger(Sorter.class);

    private static final int MOST_AT_ONCE = 500;

    private final MessageStore store;
    private final Map<ProviderAccount, Account> accounts;
    private final Router router;
    private final Backlog backlog;
    private final Detours detours;
    private final Announcer announcer;
    private final EngineSettings settings;
    private final Damper routingTrouble;
    private final LaneTurns turns = new LaneTurns();

    /** What does not go at once; stays here while the store does not take it. */
    private final List<Sorted> sorted = new ArrayList<>();

    /** What goes at once. */
    private final Map<Account, List<Claim>> chosen = new LinkedHashMap<>();

    private record Sorted(Claim claim, Decision decision) {
        Release release() {
            return new Release(
                    claim.message().id(),
                    claim.fence(),
                    decision.next(),
                    decision.hold(),
                    decision.pause(),
                    decision.detail(),
                    decision.route());
        }
    }

    Sorter(
            MessageStore store,
            Map<ProviderAccount, Account> accounts,
            Router router,
            Backlog backlog,
            Detours detours,
            Announcer announcer,
            EngineSettings settings,
            InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.router = router;
        this.backlog = backlog;
        this.detours = detours;
        this.announcer = announcer;
        this.settings = settings;
        this.routingTrouble = new Damper(clock, Account.WARNING_PAUSE);
    }

    /** Whether there is anything to sort. */
    boolean isDue() {
        return !sorted.isEmpty() || !lanes().isEmpty() || detours.next() != null;
    }

    /** Sorts some; returns whether there were any. */
    boolean sort() {
        // Of a round that failed half-way: the lease may have ended since, and another claim be made of the same
        // messages.
        takeChosen().forEach(this::letWait);
        release();
        boolean any = false;
        Set<Lane> lanes = lanes();
        if (!lanes.isEmpty()) {
            for (var share : turns.share(MOST_AT_ONCE, lanes).entrySet()) {
                any |= sort(new Line(null, share.getKey()), share.getValue());
            }
        }
        Line detour = detours.next();
        any |= detour != null && divert(detour);
        release();
        return any;
    }

    /** What is to be handed over at once; from then on it is the caller's. */
    Map<Account, List<Claim>> takeChosen() {
        var taken = new LinkedHashMap<>(chosen);
        chosen.clear();
        return taken;
    }

    /** Lets those wait in line that were to be handed over at once and could not be. */
    void letWait(Account account, List<Claim> claims) {
        Decision decision = Decision.joinLine(account);
        claims.forEach(claim -> sorted.add(new Sorted(claim, decision)));
    }

    /** Writes down what does not go at once. */
    void release() {
        if (sorted.isEmpty()) {
            return;
        }
        try {
            announcer.tell(store.release(sorted.stream().map(Sorted::release).toList()));
            sorted.forEach(this::joinLine);
            sorted.clear();
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // A bug, of which the next round must not be the victim: the leases end by themselves.
            sorted.clear();
            throw e;
        }
    }

    private void joinLine(Sorted one) {
        ProviderAccount route = one.decision().route();
        if (route != null && one.decision().pause().isZero()) {
            backlog.add(new Line(route, one.claim().message().lane()));
        }
    }

    /** While no account takes anything, whoever has none is as well off where he is. */
    private Set<Lane> lanes() {
        return accounts.values().stream().anyMatch(Account::isAvailable) ? backlog.lanes(null) : Set.of();
    }

    private boolean sort(Line line, int limit) {
        List<Claim> claims = claim(new ClaimRequest(line, limit, settings.lease()));
        claims.forEach(claim -> sort(claim, decide(claim)));
        return !claims.isEmpty();
    }

    private boolean divert(Line line) {
        List<Claim> claims = claim(new ClaimRequest(line, detours.after(line), Detours.STEP, settings.lease()));
        int stayed = 0;
        Set<ProviderAccount> movedTo = new HashSet<>();
        for (Claim claim : claims) {
            Decision decision = decide(claim);
            if (decision.waitsFor(line.account())) {
                stayed++;
            } else if (decision.route() != null) {
                movedTo.add(decision.route());
            }
            sort(claim, decision);
        }
        detours.took(line, claims, stayed, movedTo);
        return !claims.isEmpty();
    }

    private List<Claim> claim(ClaimRequest request) {
        backlog.take(request.line());
        List<Claim> claims = store.claim(request);
        if (claims.size() == request.limit() || request.after() != null) {
            backlog.add(request.line());
        }
        return claims;
    }

    /** Who waits in line comes first. */
    private void sort(Claim claim, Decision decision) {
        Account account = decision.account();
        if (account != null && backlog.lanes(account.name()).isEmpty()) {
            List<Claim> others = chosen.computeIfAbsent(account, key -> new ArrayList<>());
            if (others.size() < account.room()) {
                others.add(claim);
                return;
            }
        }
        sorted.add(new Sorted(claim, decision));
    }

    private Decision decide(Claim claim) {
        try {
            return router.decide(claim);
        } catch (RuntimeException | Error e) {
            long all = routingTrouble.speaksFor();
            if (all > 0) {
                log.error(
                        "the routing threw for message {} ({} since the last line like this)",
                        claim.message().id(),
                        all,
                        Trace.of(e));
            }
            return Decision.hold(
                    HoldReason.NO_PROVIDER_UP,
                    settings.outagePause().most(),
                    "the routing threw " + e.getClass().getSimpleName());
        }
    }
}
