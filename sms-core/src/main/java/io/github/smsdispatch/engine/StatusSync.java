package io.github.smsdispatch.engine;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.RunState;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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

    /** The gravity of an answer that wants to be asked less. */
    private static final int THROTTLED = 2;

    private final MessageStore store;
    private final Collection<Account> accounts;
    private final Reconciler reconciler;
    private final LookupSchedule schedule;
    private final Announcer announcer;
    private final Findings findings;
    private final Lookout lookout;
    private final EngineSettings settings;
    private final Executor executor;
    private final InstantSource clock;
    private final Runnable wakeUp;

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
        this.accounts = accounts;
        this.reconciler = reconciler;
        this.schedule = schedule;
        this.announcer = announcer;
        this.findings = new Findings(store, settings.lateRetries(), announcer);
        this.lookout = lookout;
        this.settings = settings;
        this.executor = executor;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    @Override
    public Loop.Pace step() {
        boolean any = false;
        for (Account account : accounts) {
            any |= sync(account);
        }
        return any ? Loop.Pace.BUSY : Loop.Pace.IDLE;
    }

    @Override
    public boolean isDue() {
        return lookout.isDue(Outlook::lookups);
    }

    /** For how long the store has been at the findings that it was given last; zero: it is not. */
    Duration writingTakes() {
        return findings.writingTakes();
    }

    private boolean sync(Account account) {
        int inFlight = account.lookupsInFlight().get();
        int room = account.runState() == RunState.PAUSED
                ? 0
                : account.lookupHealth().allowance(settings.maxLookupsInFlight(), inFlight);
        // Not for each that ends: a claim is a transaction, and the others are under way meanwhile.
        if (room == 0 || (inFlight > 0 && room < settings.maxLookupsInFlight() / 8)) {
            return false;
        }
        int size = lookupBatch(account);
        List<SyncTask> tasks = store.claimSync(account.name(), room * size, settings.lease());
        for (int from = 0; from < tasks.size(); from += size) {
            launch(account, List.copyOf(tasks.subList(from, Math.min(tasks.size(), from + size))));
        }
        return !tasks.isEmpty();
    }

    private static int lookupBatch(Account account) {
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

    private void launch(Account account, List<SyncTask> batch) {
        Instant deadline = clock.instant().plus(settings.lease().dividedBy(2));
        account.lookupsInFlight().incrementAndGet();
        try {
            executor.execute(() -> {
                try {
                    ask(account, deadline, batch);
                } finally {
                    account.lookupsInFlight().decrementAndGet();
                    wakeUp.run();
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Stopping, or no more threads to be had. The lease of the look-up ends and it is made then.
            account.lookupsInFlight().decrementAndGet();
        }
    }

    /**
     * One call for all that have an id; those in doubt are searched for one by one. What cannot be asked within the lease,
     * or was to be asked when the provider wants no more of it, is left to whoever leases it next: no look was made.
     */
    private void ask(Account account, Instant deadline, List<SyncTask> batch) {
        try {
            List<SyncTask> sent = batch.stream()
                    .filter(task -> task.state() == MessageState.SENT)
                    .toList();
            if (!sent.isEmpty() && mayAsk(account, deadline)) {
                findings.record(lookUp(account, sent));
            }
            for (SyncTask task : batch) {
                if (task.state() == MessageState.IN_DOUBT && mayAsk(account, deadline)) {
                    findings.record(List.of(reconcile(account, task)));
                }
            }
        } catch (RuntimeException | Error e) {
            log.error("a look-up at {} failed: a bug", account.name(), Trace.of(e));
        }
    }

    private boolean mayAsk(Account account, Instant deadline) {
        Instant now = clock.instant();
        return now.isBefore(deadline) && !account.lookupHealth().availableAt().isAfter(now);
    }

    private List<SyncEnd> lookUp(Account account, List<SyncTask> batch) {
        if (!(account.provider() instanceof StatusLookup lookup)) {
            return batch.stream()
                    .map(task -> nothingNew(account, task, false, "the provider cannot be asked for a status"))
                    .toList();
        }
        long start = System.nanoTime();
        List<LookupAnswer> answers = answers(account, lookup, batch);
        tell(account, LookupCall.Kind.STATUS, start, answers);
        // One call, one judgement: a batch that failed is one failure.
        judge(account, Collections.max(answers, Comparator.comparingInt(StatusSync::gravity)));
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

    private static List<LookupAnswer> answers(Account account, StatusLookup lookup, List<SyncTask> batch) {
        try {
            List<LookupAnswer> answers = lookup.lookUp(batch.stream()
                    .map(task -> new SentAttempt(
                            task.attempt().reference(),
                            task.providerMessageIds(),
                            task.attempt().recipient(),
                            task.attempt().startedAt()))
                    .toList());
            if (answers.size() == batch.size()) {
                return List.copyOf(answers);
            }
            log.error(
                    "{} gave {} answers for {} look-ups: a bug of its module",
                    account.name(),
                    answers.size(),
                    batch.size());
        } catch (RuntimeException | Error e) {
            log.error("{} threw from lookUp: a bug of its module", account.name(), Trace.of(e));
        }
        return batch.stream()
                .map(task -> failed("a bug of the provider module"))
                .toList();
    }

    private SyncEnd reconcile(Account account, SyncTask task) {
        if (!(account.provider() instanceof DoubtLookup lookup)) {
            return reconciler.withoutAsking(task, account.traits());
        }
        long start = System.nanoTime();
        LookupAnswer answer;
        try {
            answer = Objects.requireNonNull(lookup.find(task.attempt()), "answer");
        } catch (RuntimeException | Error e) {
            log.error("{} threw from find: a bug of its module", account.name(), Trace.of(e));
            answer = failed("a bug of the provider module");
        }
        tell(account, LookupCall.Kind.DOUBT, start, List.of(answer));
        judge(account, answer);
        return reconciler.endOf(task, account.traits(), answer);
    }

    /** By real time, as the provider's module took it. */
    private void tell(Account account, LookupCall.Kind kind, long startNanos, List<LookupAnswer> answers) {
        var took = Duration.ofNanos(System.nanoTime() - startNanos);
        boolean throttled = answers.stream().anyMatch(answer -> gravity(answer) == THROTTLED);
        announcer.tell(LookupCall.of(account.name(), kind, took, answers, throttled), LookupCall.receipts(answers));
    }

    private static LookupAnswer failed(String detail) {
        return new LookupAnswer.Failed(null, detail, null);
    }

    private static void judge(Account account, LookupAnswer answer) {
        answer.fold(
                found -> {
                    account.lookupHealth().succeeded();
                    return true;
                },
                absent -> {
                    account.lookupHealth().succeeded();
                    return true;
                },
                unclear -> {
                    account.lookupHealth().succeeded();
                    return true;
                },
                failed -> {
                    if (isThrottle(failed)) {
                        account.lookupHealth().throttled(failed.retryAfter());
                    } else {
                        account.lookupHealth().failed(failed.detail());
                    }
                    return true;
                });
    }

    private static int gravity(LookupAnswer answer) {
        return answer.fold(found -> 0, absent -> 0, unclear -> 0, failed -> isThrottle(failed) ? THROTTLED : 1);
    }

    private static boolean isThrottle(LookupAnswer.Failed failed) {
        return failed.retryAfter() != null || "429".equals(failed.code());
    }
}
