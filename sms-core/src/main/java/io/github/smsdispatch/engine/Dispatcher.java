package io.github.smsdispatch.engine;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dispatch loop: claim, route, commit the intent, hand over, record. One thread steps; the hand-overs run beside it.
 *
 * <p>A claimed message waits here, not yet begun, until its account has room: only then is its attempt committed. So a
 * crash leaves doubts only about what may really be on the wire, and the rest is claimed again when the lease ends. No
 * transaction is open while a provider is called.
 */
final class Dispatcher implements Loop.Step {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /** After claims that found no room at their account: how soon to look for messages of other accounts. */
    private static final Duration LOOK_PAST = Duration.ofMillis(250);

    /** How long a message that found no room is left in the queue: longer each time, to see what lies behind it. */
    private static final Backoff NO_ROOM = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final MessageStore store;
    private final Map<Account, WaitingRoom> waiting = new LinkedHashMap<>();
    private final Router router;
    private final HandOvers handOvers;
    private final Recorder recorder;
    private final Announcer announcer;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Damper routingTrouble;

    /** How many rounds in a row brought claims for an account without room; 0: the last one brought none. */
    private int overflows;

    private Instant nextClaimAt = Instant.MIN;

    Dispatcher(
            MessageStore store,
            Collection<Account> accounts,
            Router router,
            HandOvers handOvers,
            Recorder recorder,
            Announcer announcer,
            EngineSettings settings,
            InstantSource clock) {
        this.store = store;
        this.router = router;
        this.handOvers = handOvers;
        this.recorder = recorder;
        this.announcer = announcer;
        this.settings = settings;
        this.clock = clock;
        this.routingTrouble = new Damper(clock, Account.WARNING_PAUSE);
        accounts.forEach(account -> waiting.put(account, new WaitingRoom(settings.maxInFlight())));
    }

    @Override
    public Loop.Pace step() {
        recorder.flush();
        giveBackWhatCannotGo();
        boolean claimed = claimAndRoute();
        boolean begun = begin();
        if (claimed || begun) {
            return Loop.Pace.BUSY;
        }
        // What still waits here does so for a rate limit; room that comes free wakes the loop by itself.
        return waiting.values().stream().allMatch(WaitingRoom::isEmpty) ? Loop.Pace.IDLE : Loop.Pace.SOON;
    }

    /** Gives everything that was not begun back to the queue, for a stop. */
    void giveBackAll() {
        var releases = new ArrayList<Release>();
        waiting.values().forEach(room -> giveBack(room.leaveAll(), releases));
        release(releases);
    }

    private void giveBackWhatCannotGo() {
        var releases = new ArrayList<Release>();
        waiting.forEach((account, room) -> giveBack(
                account.isAvailable()
                        ? room.leaveAfter(settings.lease().dividedBy(2), clock.instant())
                        : room.leaveAll(),
                releases));
        release(releases);
    }

    private static void giveBack(List<Claim> claims, List<Release> releases) {
        claims.forEach(claim -> releases.add(release(claim, MessageState.QUEUED, null, Duration.ZERO, null)));
    }

    private static Release release(
            Claim claim, MessageState next, @Nullable HoldReason hold, Duration nextIn, @Nullable String detail) {
        return new Release(claim.message().id(), claim.fence(), next, hold, nextIn, detail);
    }

    private boolean claimAndRoute() {
        int room = room();
        if (room <= 0 || isWaitingForRoom()) {
            return false;
        }
        var releases = new ArrayList<Release>();
        var full = new HashSet<Account>();
        boolean any = false;
        for (Lane lane : Lane.values()) {
            // The urgent lane first, but each lane below it keeps a share, so that none starves.
            int share = lane == Lane.BULK ? room : Math.max(1, room - room / 4);
            List<Claim> claims = room <= 0 ? List.of() : store.claim(new ClaimRequest(lane, share, settings.lease()));
            room -= claims.size();
            any |= !claims.isEmpty();
            claims.forEach(claim -> route(claim, releases, full));
        }
        overflows = full.isEmpty() ? 0 : overflows + 1;
        nextClaimAt = full.isEmpty() ? Instant.MIN : clock.instant().plus(LOOK_PAST);
        release(releases);
        return any;
    }

    private int room() {
        int room = 0;
        for (Map.Entry<Account, WaitingRoom> each : waiting.entrySet()) {
            // What waits for a busy account takes nothing from the others.
            room += Math.max(0, each.getKey().room() - each.getValue().size());
        }
        return room;
    }

    /** Whether the last claims found an account full that still is: then others are looked for, but not all the time. */
    private boolean isWaitingForRoom() {
        return clock.instant().isBefore(nextClaimAt)
                && !waiting.values().stream().allMatch(WaitingRoom::isHalfEmpty);
    }

    private void route(Claim claim, List<Release> releases, Set<Account> full) {
        Decision decision = decide(claim);
        Account account = decision.account();
        WaitingRoom room = account == null ? null : waiting.get(account);
        if (account == null || room == null) {
            releases.add(release(claim, decision.next(), decision.hold(), decision.pause(), decision.detail()));
        } else if (!room.admit(claim, clock.instant())) {
            full.add(account);
            releases.add(release(claim, MessageState.QUEUED, HoldReason.THROTTLED, NO_ROOM.after(overflows), null));
        }
    }

    private Decision decide(Claim claim) {
        try {
            return router.decide(claim, this::hasProbeWaiting);
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

    private boolean hasProbeWaiting(Account account) {
        WaitingRoom room = waiting.get(account);
        return room != null && !room.isEmpty();
    }

    private void release(List<Release> releases) {
        if (!releases.isEmpty()) {
            announcer.tell(store.release(releases));
        }
    }

    private boolean begin() {
        var items = new LinkedHashMap<Account, List<HandOver.Item>>();
        waiting.forEach((account, room) -> {
            int free = account.room();
            while (free-- > 0 && !room.isEmpty() && account.takePermit()) {
                items.computeIfAbsent(account, key -> new ArrayList<>())
                        .add(handOvers.prepare(Objects.requireNonNull(room.next())));
            }
        });
        return handOvers.begin(items);
    }
}
