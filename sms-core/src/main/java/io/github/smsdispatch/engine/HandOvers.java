package io.github.smsdispatch.engine;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.BeginRound;
import io.github.smsdispatch.store.Begun;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.MessageStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second half of the dispatch: commits the intent, calls the provider beside the loop, records how it ended. What is
 * certain to have gone nowhere (the commit failed, the engine stops, too little of the lease was left for the call) is recorded as
 * refused, so that it is no doubt.
 */
final class HandOvers {
    private static final Logger log = LoggerFactory.getLogger(HandOvers.class);

    private static final Duration SLACK = Duration.ofSeconds(1);

    private final MessageStore store;
    private final OutcomePolicy policy;
    private final Recorder recorder;
    private final Announcer announcer;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Supplier<AttemptId> newAttempt;
    private final Executor executor;
    private final Runnable wakeUp;

    /** Hand-overs of which it is not known whether they were begun. For the dispatch loop only. */
    private final List<AttemptId> strays = new ArrayList<>();

    HandOvers(
            MessageStore store,
            OutcomePolicy policy,
            Recorder recorder,
            Announcer announcer,
            EngineSettings settings,
            InstantSource clock,
            Supplier<AttemptId> newAttempt,
            Executor executor,
            Runnable wakeUp) {
        this.store = store;
        this.policy = policy;
        this.recorder = recorder;
        this.announcer = announcer;
        this.settings = settings;
        this.clock = clock;
        this.newAttempt = newAttempt;
        this.executor = executor;
        this.wakeUp = wakeUp;
    }

    /** Commits the intents for claims and starts the calls. Whether there were any. */
    boolean begin(Map<Account, List<Claim>> claims) {
        Instant now = clock.instant();
        var items = new LinkedHashMap<Account, List<HandOver.Item>>();
        var starts = new ArrayList<AttemptStart>();
        Set<MessageId> seen = new HashSet<>();
        claims.forEach((account, all) -> all.forEach(claim -> {
            // The store says which messages it has begun, not by which of two claims.
            if (!seen.add(claim.message().id())) {
                throw new IllegalStateException("two claims of one message");
            }
            var item = new HandOver.Item(claim, now, newAttempt.get());
            items.computeIfAbsent(account, key -> new ArrayList<>()).add(item);
            starts.add(new AttemptStart(
                    claim.message().id(),
                    claim.fence(),
                    item.attempt(),
                    account.name(),
                    account.traits().receiptsPerPart()));
        }));
        if (items.isEmpty()) {
            return false;
        }
        List<StateChange> begun;
        try {
            begun = store.begin(starts, settings.lease());
        } catch (RuntimeException e) {
            starts.forEach(start -> strays.add(start.attempt()));
            throw e;
        }
        announcer.tell(begun);
        Set<MessageId> mine = new HashSet<>();
        begun.forEach(change -> mine.add(change.message()));
        items.forEach((account, all) -> launch(
                account,
                now,
                all.stream()
                        .filter(item -> mine.contains(item.claim().message().id()))
                        .toList()));
        return true;
    }

    /** Commits the intents for as many of those in the lines of accounts, and starts the calls. */
    BeginRound beginNext(Map<Account, Map<Lane, Integer>> places) {
        Instant now = clock.instant();
        var given = new ArrayList<AttemptId>();
        Supplier<AttemptId> references = () -> {
            AttemptId fresh = newAttempt.get();
            given.add(fresh);
            return fresh;
        };
        var requests = new ArrayList<BeginRequest>();
        places.forEach((account, shares) -> requests.add(
                new BeginRequest(account.name(), shares, account.traits().receiptsPerPart(), references)));
        BeginRound round;
        try {
            round = store.beginNext(requests, settings.lease());
        } catch (RuntimeException e) {
            strays.addAll(given);
            throw e;
        }
        announcer.tell(round.changes());
        Map<ProviderAccount, List<HandOver.Item>> items = round.begun().stream()
                .collect(Collectors.groupingBy(
                        Begun::account,
                        Collectors.mapping(
                                begun -> new HandOver.Item(begun.claim(), now, begun.attempt()), Collectors.toList())));
        places.keySet().forEach(account -> launch(account, now, items.getOrDefault(account.name(), List.of())));
        return round;
    }

    /** Whether it is to be found out what {@link #settleStrays} settles. */
    boolean hasStrays() {
        return !strays.isEmpty();
    }

    /**
     * Where it was not known whether intents were committed, finds out, and says of those that were that nothing was handed
     * over.
     */
    void settleStrays() {
        if (strays.isEmpty()) {
            return;
        }
        Map<AttemptId, MessageId> committed = store.messagesOf(strays);
        strays.clear();
        var ends = new ArrayList<AttemptEnd>();
        committed.forEach((attempt, message) -> ends.add(neverHandedOver(message, attempt)));
        recorder.record(ends);
    }

    private void launch(Account account, Instant begunAt, List<HandOver.Item> items) {
        if (items.isEmpty()) {
            return;
        }
        account.begins(items.size());
        account.inFlight().addAndGet(items.size());
        Batches.of(account.traits(), account.calls().most(), items)
                .forEach(batch -> account.calls().add(new Calls.Batch(batch, begunAt)));
        startCalls(account);
    }

    private void startCalls(Account account) {
        account.calls().start(batch -> {
            try {
                executor.execute(() -> handOver(account, batch));
            } catch (RuntimeException | Error e) {
                // The engine stops, or there are no more threads to be had. The call itself never throws.
                if (!(e instanceof RejectedExecutionException)) {
                    warnOfExecutor(account, e);
                }
                account.calls().ended(batch);
                end(account, batch, neverHandedOver(batch.items()));
            }
        });
    }

    private static void warnOfExecutor(Account account, Throwable e) {
        long all = account.damper("executor").speaksFor();
        if (all > 0) {
            log.error(
                    "calls to {} could not be started, their messages go back to the queue ({} since the last line like this)",
                    account.name(),
                    all,
                    Trace.of(e));
        }
    }

    private void handOver(Account account, Calls.Batch batch) {
        List<AttemptEnd> ends = List.of();
        try {
            ends = call(account, batch);
        } catch (RuntimeException | Error e) {
            log.error("a hand-over to {} ended without an outcome: a bug", account.name(), Trace.of(e));
        }
        // Others go while this is written down.
        account.calls().ended(batch);
        startCalls(account);
        end(account, batch, ends);
    }

    private void end(Account account, Calls.Batch batch, List<AttemptEnd> ends) {
        try {
            recorder.record(ends);
        } catch (RuntimeException | Error e) {
            log.error("outcomes of {} could not be recorded: a bug", account.name(), Trace.of(e));
        } finally {
            account.ended(batch.items().size());
            wakeUp.run();
        }
    }

    private List<AttemptEnd> call(Account account, Calls.Batch batch) {
        Instant latest =
                batch.begunAt().plus(settings.lease()).minus(account.traits().longestCall());
        if (clock.instant().isAfter(latest) || !account.isAvailable()) {
            // The machine slept or the process hung: before the call ends, another engine may look into it. Or those
            // that
            // went before it have shown that the account is down.
            return neverHandedOver(batch.items());
        }
        Map<Boolean, List<HandOver.Item>> late = batch.items().stream()
                .collect(Collectors.partitioningBy(item -> HandOver.isTooLate(item, clock.instant())));
        var ends = new ArrayList<AttemptEnd>(neverHandedOver(late.getOrDefault(true, List.of())));
        List<HandOver.Item> inTime = late.getOrDefault(false, List.of());
        if (!inTime.isEmpty()) {
            ends.addAll(call(account, inTime));
        }
        return ends;
    }

    private List<AttemptEnd> call(Account account, List<HandOver.Item> items) {
        long startedNanos = System.nanoTime();
        List<SubmitOutcome> outcomes = HandOver.call(account, items, clock.instant());
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        warnIfTooLong(account, took);
        account.heard(outcomes);
        announcer.tell(HandOverCall.of(account.name(), took, items, outcomes));
        var ends = new ArrayList<AttemptEnd>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            HandOver.Item item = items.get(i);
            ends.add(policy.endOf(item.claim(), item.attempt(), outcomes.get(i), account.traits()));
        }
        return ends;
    }

    /** Waits until what is begun has gone. */
    static void awaitGone(Iterable<Account> accounts, Patience patience) throws InterruptedException {
        for (Account account : accounts) {
            if (!account.calls().awaitGone(patience.left())) {
                return;
            }
        }
    }

    /** By real time: a clock that a simulation moves says nothing of a call. */
    private static void warnIfTooLong(Account account, Duration took) {
        Duration promised = account.traits().longestCall();
        long all = isTooLong(took, promised) ? account.damper("too long").speaksFor() : 0;
        if (all > 0) {
            log.warn(
                    "a call to {} took {} ms, although its module says {} ms at most (longestCall): what takes longer than"
                            + " the lease is in doubt meanwhile ({} since the last line like this)",
                    account.name(),
                    took.toMillis(),
                    promised.toMillis(),
                    all);
        }
    }

    /** A time-out of the length that was promised ends a little later, by up to a second: not worth a line. */
    static boolean isTooLong(Duration took, Duration promised) {
        return took.compareTo(promised.plus(Durations.min(promised, SLACK))) > 0;
    }

    private static List<AttemptEnd> neverHandedOver(List<HandOver.Item> items) {
        return items.stream()
                .map(item -> neverHandedOver(item.claim().message().id(), item.attempt()))
                .toList();
    }

    private static AttemptEnd neverHandedOver(MessageId message, AttemptId attempt) {
        var outcome = SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, HandOver.NOT_MADE, "not handed over");
        return new AttemptEnd(message, attempt, outcome, MessageState.QUEUED, null, Duration.ZERO);
    }
}
