package io.github.smsdispatch.engine;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Release;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The dispatch loop: claim, route, commit the intent, hand over, record. One thread steps; the hand-overs run beside it.
 *
 * <p>A claimed message waits here, not yet begun, until its account has room: only then is its attempt committed. So a
 * crash leaves doubts only about what may really be on the wire, and the rest is claimed again when the lease ends. No
 * transaction is open while a provider is called.
 */
final class Dispatcher implements Loop.Step {
    private final MessageStore store;
    private final Collection<Account> accounts;
    private final Router router;
    private final OutcomePolicy policy;
    private final Recorder recorder;
    private final Announcer announcer;
    private final EngineSettings settings;
    private final Supplier<AttemptId> newAttempt;
    private final Executor executor;
    private final Runnable wakeUp;

    /** Claimed, routed, and waiting for room; only the stepping thread touches it. */
    private final Map<Account, Queue<Claim>> waiting = new LinkedHashMap<>();

    Dispatcher(
            MessageStore store,
            Collection<Account> accounts,
            Router router,
            OutcomePolicy policy,
            Recorder recorder,
            Announcer announcer,
            EngineSettings settings,
            Supplier<AttemptId> newAttempt,
            Executor executor,
            Runnable wakeUp) {
        this.store = store;
        this.accounts = accounts;
        this.router = router;
        this.policy = policy;
        this.recorder = recorder;
        this.announcer = announcer;
        this.settings = settings;
        this.newAttempt = newAttempt;
        this.executor = executor;
        this.wakeUp = wakeUp;
        accounts.forEach(account -> waiting.put(account, new ArrayDeque<>()));
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
        return waiting.values().stream().allMatch(Queue::isEmpty) ? Loop.Pace.IDLE : Loop.Pace.SOON;
    }

    /** Gives everything that was not begun back to the queue, for a stop. */
    void giveBackAll() {
        var releases = new ArrayList<Release>();
        waiting.values().forEach(claims -> drainTo(releases, claims));
        release(releases);
    }

    private void giveBackWhatCannotGo() {
        var releases = new ArrayList<Release>();
        waiting.forEach((account, claims) -> {
            if (!account.isAvailable()) {
                drainTo(releases, claims);
            }
        });
        release(releases);
    }

    private static void drainTo(List<Release> releases, Queue<Claim> claims) {
        for (Claim claim = claims.poll(); claim != null; claim = claims.poll()) {
            releases.add(
                    new Release(claim.message().id(), claim.fence(), MessageState.QUEUED, null, Duration.ZERO, null));
        }
    }

    private boolean claimAndRoute() {
        int room = 0;
        for (Account account : accounts) {
            room += account.room();
        }
        for (Queue<Claim> claims : waiting.values()) {
            room -= claims.size();
        }
        if (room <= 0) {
            return false;
        }
        var releases = new ArrayList<Release>();
        boolean any = false;
        for (Lane lane : Lane.values()) {
            // The urgent lane first, but each lane below it keeps a share, so that none starves.
            int share = lane == Lane.BULK ? room : Math.max(1, room - room / 4);
            List<Claim> claims = room <= 0 ? List.of() : store.claim(new ClaimRequest(lane, share, settings.lease()));
            room -= claims.size();
            any |= !claims.isEmpty();
            claims.forEach(claim -> route(claim, releases));
        }
        release(releases);
        return any;
    }

    private void route(Claim claim, List<Release> releases) {
        Decision decision = router.decide(claim);
        Account account = decision.account();
        Queue<Claim> queue = account == null ? null : waiting.get(account);
        if (queue != null) {
            queue.add(claim);
        } else {
            releases.add(new Release(
                    claim.message().id(),
                    claim.fence(),
                    decision.next(),
                    decision.hold(),
                    decision.pause(),
                    decision.detail()));
        }
    }

    private void release(List<Release> releases) {
        if (!releases.isEmpty()) {
            announcer.tell(store.release(releases));
        }
    }

    private boolean begin() {
        var items = new LinkedHashMap<Account, List<HandOver.Item>>();
        var starts = new ArrayList<AttemptStart>();
        waiting.forEach((account, claims) -> {
            int room = account.room();
            while (room-- > 0 && !claims.isEmpty() && account.takePermit()) {
                var item = new HandOver.Item(claims.remove(), newAttempt.get());
                items.computeIfAbsent(account, key -> new ArrayList<>()).add(item);
                starts.add(new AttemptStart(
                        item.claim().message().id(), item.claim().fence(), item.attempt(), account.name()));
            }
        });
        if (starts.isEmpty()) {
            return false;
        }
        List<StateChange> begun = store.begin(starts, settings.lease());
        announcer.tell(begun);
        Set<MessageId> mine = new HashSet<>();
        begun.forEach(change -> mine.add(change.message()));
        items.forEach((account, all) -> launch(
                account,
                all.stream()
                        .filter(item -> mine.contains(item.claim().message().id()))
                        .toList()));
        return true;
    }

    private void launch(Account account, List<HandOver.Item> items) {
        int size = account.traits().maxBatchSize();
        for (int from = 0; from < items.size(); from += size) {
            List<HandOver.Item> batch = items.subList(from, Math.min(items.size(), from + size));
            account.inFlight().addAndGet(batch.size());
            try {
                executor.execute(() -> handOver(account, batch));
            } catch (RejectedExecutionException e) {
                // Stopping. The attempt is committed but nothing was sent; its lease will end.
                account.inFlight().addAndGet(-batch.size());
            }
        }
    }

    private void handOver(Account account, List<HandOver.Item> batch) {
        try {
            List<SubmitOutcome> outcomes = HandOver.call(account, batch);
            var ends = new ArrayList<AttemptEnd>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                OutcomePolicy.judge(account.health(), outcomes.get(i));
                ends.add(policy.endOf(batch.get(i).claim(), batch.get(i).attempt(), outcomes.get(i), account.traits()));
            }
            recorder.record(ends);
        } finally {
            account.inFlight().addAndGet(-batch.size());
            wakeUp.run();
        }
    }
}
