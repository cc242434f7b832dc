package io.github.smsdispatch.engine;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Outlook;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final Duration SOONEST = Duration.ofMillis(5);

    private final MessageStore store;
    private final Map<Account, WaitingRoom> waiting = new LinkedHashMap<>();
    private final Router router;
    private final HandOvers handOvers;
    private final Recorder recorder;
    private final Announcer announcer;
    private final Lookout lookout;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Damper routingTrouble;

    private final LaneTurns turns = new LaneTurns();

    /** What is to go back to the queue; stays here while the store does not take it. */
    private final List<Release> releases = new ArrayList<>();

    /** How many rounds in a row brought claims of a lane for an account without room; 0: the last one brought none. */
    private final Map<Lane, Integer> overflows = new EnumMap<>(Lane.class);

    private final Map<Lane, Instant> nextClaimAt = new EnumMap<>(Lane.class);

    Dispatcher(
            MessageStore store,
            Collection<Account> accounts,
            Router router,
            HandOvers handOvers,
            Recorder recorder,
            Announcer announcer,
            Lookout lookout,
            EngineSettings settings,
            InstantSource clock) {
        this.store = store;
        this.router = router;
        this.handOvers = handOvers;
        this.recorder = recorder;
        this.announcer = announcer;
        this.lookout = lookout;
        this.settings = settings;
        this.clock = clock;
        this.routingTrouble = new Damper(clock, Account.WARNING_PAUSE);
        accounts.forEach(account -> waiting.put(account, new WaitingRoom(account::window)));
    }

    @Override
    public Loop.Pace step() {
        recorder.flush();
        giveBackWhatCannotGo();
        if (isBehind()) {
            return Loop.Pace.IDLE;
        }
        boolean claimed = claimAndRoute();
        boolean begun = begin();
        if (claimed || begun) {
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
        return waiting.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey().heldBackFor())
                .filter(pause -> !pause.isZero())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    @Override
    public boolean isDue() {
        return recorder.unwritten() > 0 || lookout.isDue(Outlook::claims);
    }

    /** Whether as many outcomes wait to be written as may be under way: whatever is begun beyond them would be in doubt after a crash. */
    private boolean isBehind() {
        int most = waiting.keySet().stream().mapToInt(Account::window).sum();
        return recorder.unwritten() > most;
    }

    /** Gives everything that was not begun back to the queue, for a stop. */
    void giveBackAll() {
        waiting.values().forEach(room -> giveBack(room.leaveAll()));
        release();
    }

    private void giveBackWhatCannotGo() {
        waiting.forEach((account, room) -> giveBack(
                account.isAvailable()
                        ? room.leaveAfter(settings.lease().dividedBy(2), clock.instant())
                        : room.leaveAll()));
        release();
    }

    private void giveBack(List<Claim> claims) {
        claims.forEach(claim -> releases.add(release(claim, MessageState.QUEUED, null, Duration.ZERO, null)));
    }

    private static Release release(
            Claim claim, MessageState next, @Nullable HoldReason hold, Duration nextIn, @Nullable String detail) {
        return new Release(claim.message().id(), claim.fence(), next, hold, nextIn, detail);
    }

    private boolean claimAndRoute() {
        var places = new EnumMap<Lane, Integer>(Lane.class);
        for (Lane lane : Lane.values()) {
            int free = isWaitingForRoom(lane) ? 0 : places(lane);
            if (free > 0) {
                places.put(lane, free);
            }
        }
        if (places.isEmpty()) {
            return false;
        }
        int claimed = turns.share(places, this::claim);
        release();
        return claimed > 0;
    }

    /**
     * How many of a lane may be claimed. What waits for a busy account takes nothing from the others, and what is less urgent
     * nothing from what is more; and in each lane one may always wait for its turn.
     */
    private int places(Lane lane) {
        int places = 0;
        for (Map.Entry<Account, WaitingRoom> each : waiting.entrySet()) {
            WaitingRoom room = each.getValue();
            int soon = soon(each.getKey(), room);
            int least = soon > 0 && room.size(lane) == 0 ? 1 : 0;
            places += Math.max(least, soon - room.sizeUpTo(lane));
        }
        return places;
    }

    /** How many hand-overs may begin soon: what is claimed beyond that is kept from other nodes. */
    private static int soon(Account account, WaitingRoom room) {
        // While the rate holds everything back, who comes meanwhile is better chosen when it is time.
        boolean isLater = !account.heldBackFor().isZero() && !room.isEmpty();
        return isLater ? 0 : Math.min(account.room(), account.worthClaiming());
    }

    /** Whether the last claims found an account full that still is: then others are looked for, but not all the time. */
    private boolean isWaitingForRoom(Lane lane) {
        return clock.instant().isBefore(nextClaimAt.getOrDefault(lane, Instant.MIN))
                && !waiting.values().stream().allMatch(room -> room.isHalfEmpty(lane));
    }

    private int claim(Lane lane, int limit) {
        if (isWaitingForRoom(lane)) {
            return 0;
        }
        int before = overflows.getOrDefault(lane, 0);
        boolean isFull = false;
        List<Claim> claims = store.claim(new ClaimRequest(lane, limit, settings.lease()));
        for (Claim claim : claims) {
            isFull |= !route(claim, NO_ROOM.after(before));
        }
        overflows.put(lane, isFull ? before + 1 : 0);
        nextClaimAt.put(lane, isFull ? clock.instant().plus(LOOK_PAST) : Instant.MIN);
        return claims.size();
    }

    /** False if there was no room at its account. */
    private boolean route(Claim claim, Duration noRoomPause) {
        Decision decision = decide(claim);
        Account account = decision.account();
        WaitingRoom room = account == null ? null : waiting.get(account);
        if (account == null || room == null) {
            releases.add(release(claim, decision.next(), decision.hold(), decision.pause(), decision.detail()));
            return true;
        }
        if (room.admit(claim, clock.instant(), soon(account, room))) {
            return true;
        }
        releases.add(release(claim, MessageState.QUEUED, HoldReason.THROTTLED, noRoomPause, null));
        return false;
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

    private void release() {
        if (releases.isEmpty()) {
            return;
        }
        List<Release> all = List.copyOf(releases);
        try {
            announcer.tell(store.release(all));
            releases.clear();
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // A bug, of which the next round must not be the victim: the leases end by themselves.
            releases.clear();
            throw e;
        }
    }

    private boolean begin() {
        // First, as it asks the store: if that fails, nobody must have left a waiting room.
        var permitted = new LinkedHashMap<Account, Integer>();
        waiting.forEach(
                (account, room) -> permitted.put(account, account.permitted(Math.min(account.room(), room.size()))));
        var items = new LinkedHashMap<Account, List<HandOver.Item>>();
        waiting.forEach((account, room) -> {
            int count = permitted.getOrDefault(account, 0);
            account.begins(count);
            for (int i = 0; i < count; i++) {
                items.computeIfAbsent(account, key -> new ArrayList<>()).add(handOvers.prepare(room.next()));
            }
        });
        try {
            return handOvers.begin(items);
        } catch (RuntimeException e) {
            // For those whose intents were committed all the same this is void.
            items.values()
                    .forEach(all ->
                            giveBack(all.stream().map(HandOver.Item::claim).toList()));
            throw e;
        }
    }
}
