package io.github.smsdispatch.engine;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.internal.lookup.LookupGate;
import io.github.smsdispatch.internal.lookup.Lookups;
import io.github.smsdispatch.internal.lookup.Questions;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Outlook;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.store.SyncTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status-sync loop: asks providers for what is overdue, in parallel, in batches where they can. A message is leased
 * by moving its next look-up beyond the time that this one may take, so that no two nodes ask for the same. Messages
 * that a receipt has settled never come here.
 */
final class StatusSync implements Loop.Step {
    private static final Logger log = LoggerFactory.getLogger(StatusSync.class);

    private static final Duration LEAST_PAUSE = Duration.ofMillis(1);

    private final MessageStore store;
    private final List<Desk> desks;
    private final Reconciler reconciler;
    private final LookupSchedule schedule;
    private final Announcer announcer;
    private final Findings findings;
    private final Lookout lookout;
    private final EngineSettings settings;
    private final InstantSource clock;
    private volatile Duration soon = LEAST_PAUSE;

    /** An account and its look-ups. */
    private record Desk(Account account, Lookups<SyncTask> lookups) {}

    StatusSync(
            MessageStore store,
            Collection<Account> accounts,
            Reconciler reconciler,
            LookupSchedule schedule,
            Announcer announcer,
            Lookout lookout,
            EngineSettings settings,
            Executor executor,
            InstantSource clock,
            Runnable wakeUp) {
        this.store = store;
        this.reconciler = reconciler;
        this.schedule = schedule;
        this.announcer = announcer;
        this.findings = new Findings(store, settings.lateRetries(), announcer);
        this.lookout = lookout;
        this.settings = settings;
        this.clock = clock;
        this.desks = accounts.stream()
                .map(account -> new Desk(
                        account,
                        new Lookups<>(
                                account.name(),
                                settings.maxLookupsInFlight(),
                                account.lookupGate(),
                                () -> account.runState() != RunState.PAUSED,
                                tasks -> ask(account, tasks),
                                executor,
                                clock,
                                wakeUp)))
                .toList();
    }

    @Override
    public Loop.Pace step() {
        boolean any = false;
        for (Desk desk : desks) {
            any |= lease(desk);
            desk.lookups().start();
        }
        if (any) {
            return Loop.Pace.BUSY;
        }
        Duration next = startsIn();
        soon = next == null ? LEAST_PAUSE : Durations.max(LEAST_PAUSE, next);
        return next == null ? Loop.Pace.IDLE : Loop.Pace.SOON;
    }

    /** Until the first of those that are leased may go; null: none of them waits for a time. */
    private @Nullable Duration startsIn() {
        return desks.stream()
                .map(desk -> desk.lookups().startsIn())
                .filter(Objects::nonNull)
                .reduce(Durations::min)
                .map(first -> Durations.min(first, settings.idlePause()))
                .orElse(null);
    }

    @Override
    public Duration soon() {
        return soon;
    }

    @Override
    public boolean isDue() {
        return lookout.isDue(Outlook::nextLookupAt);
    }

    /** For how long the store has been at the findings that it was given last; zero: it is not. */
    Duration writingTakes() {
        return findings.writingTakes();
    }

    private boolean lease(Desk desk) {
        Account account = desk.account();
        int perCall = perCall(account);
        int room = desk.lookups().room(perCall);
        if (room == 0) {
            return false;
        }
        Instant deadline = clock.instant().plus(settings.lease().dividedBy(2));
        List<SyncTask> tasks = store.claimSync(account.name(), room, settings.lease());
        desk.lookups().add(calls(tasks, perCall), deadline);
        return !tasks.isEmpty();
    }

    /** Many that have an id go in one call; those in doubt are searched for one by one. */
    private static List<List<SyncTask>> calls(List<SyncTask> tasks, int perCall) {
        var calls = new ArrayList<List<SyncTask>>();
        List<SyncTask> sent =
                tasks.stream().filter(task -> task.state() == MessageState.SENT).toList();
        for (int from = 0; from < sent.size(); from += perCall) {
            calls.add(List.copyOf(sent.subList(from, Math.min(sent.size(), from + perCall))));
        }
        tasks.stream()
                .filter(task -> task.state() != MessageState.SENT)
                .map(List::of)
                .forEach(calls::add);
        return calls;
    }

    private static int perCall(Account account) {
        try {
            return account.provider() instanceof StatusLookup lookup ? Math.max(1, lookup.maxLookupBatch()) : 1;
        } catch (RuntimeException | Error e) {
            // One module's bug must not keep the other accounts from their turn.
            long all = account.damper("maxLookupBatch").speaksFor();
            if (all > 0) {
                log.error(
                        "{} threw from maxLookupBatch: a bug of its module ({} since the last line like this)",
                        account.name(),
                        all,
                        Trace.of(e));
            }
            return 1;
        }
    }

    private Runnable ask(Account account, List<SyncTask> tasks) {
        List<SyncEnd> ends = tasks.get(0).state() == MessageState.SENT
                ? lookUp(account, tasks)
                : List.of(reconcile(account, tasks.get(0)));
        return () -> findings.record(ends);
    }

    private List<SyncEnd> lookUp(Account account, List<SyncTask> batch) {
        if (!(account.provider() instanceof StatusLookup lookup)) {
            return batch.stream()
                    .map(task -> nothingNew(account, task, false, "the provider cannot be asked for a status"))
                    .toList();
        }
        Instant began = clock.instant();
        long startNanos = System.nanoTime();
        List<LookupAnswer> answers = Questions.ask(
                account.name(),
                lookup,
                batch.stream()
                        .map(task -> new SentAttempt(
                                task.attempt().reference(),
                                task.providerMessageIds(),
                                task.attempt().recipient(),
                                task.attempt().startedAt()))
                        .toList());
        tell(account, LookupCall.Kind.STATUS, startNanos, answers);
        account.lookupGate().judge(answers, began);
        var ends = new ArrayList<SyncEnd>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            SyncTask task = batch.get(i);
            ends.add(answers.get(i)
                    .<SyncEnd>fold(
                            found -> new SyncEnd(
                                    task.message(),
                                    task.attempt().reference(),
                                    Verdict.OPEN,
                                    true,
                                    found.receipts(),
                                    Reconciler.isWhole(task, account.traits(), found.receipts()),
                                    next(account, task),
                                    null),
                            absent -> nothingNew(account, task, true, "the provider does not know its id"),
                            unclear -> nothingNew(account, task, false, unclear.detail()),
                            failed -> nothingNew(account, task, false, null)));
        }
        return ends;
    }

    private SyncEnd nothingNew(Account account, SyncTask task, boolean answered, @Nullable String detail) {
        return new SyncEnd(
                task.message(),
                task.attempt().reference(),
                Verdict.OPEN,
                answered,
                List.of(),
                false,
                next(account, task),
                detail);
    }

    private Duration next(Account account, SyncTask task) {
        return schedule.next(task, account.traits());
    }

    private SyncEnd reconcile(Account account, SyncTask task) {
        if (!(account.provider() instanceof DoubtLookup lookup)) {
            return reconciler.withoutAsking(task, account.traits());
        }
        Instant began = clock.instant();
        long startNanos = System.nanoTime();
        LookupAnswer answer;
        try {
            answer = Objects.requireNonNull(lookup.find(task.attempt()), "answer");
        } catch (RuntimeException | Error e) {
            long all = account.damper("find").speaksFor();
            if (all > 0) {
                log.error(
                        "{} threw from find: a bug of its module ({} since the last line like this)",
                        account.name(),
                        all,
                        Trace.of(e));
            }
            answer = Questions.bug();
        }
        tell(account, LookupCall.Kind.DOUBT, startNanos, List.of(answer));
        account.lookupGate().judge(answer, began);
        return reconciler.endOf(task, account.traits(), answer);
    }

    /** By real time, as the provider's module took it. */
    private void tell(Account account, LookupCall.Kind kind, long startNanos, List<LookupAnswer> answers) {
        var took = Duration.ofNanos(System.nanoTime() - startNanos);
        boolean throttled = answers.stream().anyMatch(LookupGate::isThrottle);
        announcer.tell(LookupCall.of(account.name(), kind, took, answers, throttled), LookupCall.receipts(answers));
    }
}
