package io.github.smsdispatch.engine;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.WorkerThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops of an engine and the threads they run on: how they are put together, started, woken and stopped. */
final class EngineLoops {
    private static final Logger log = LoggerFactory.getLogger(EngineLoops.class);

    private final Collection<Account> accounts;
    private final Recorder recorder;
    private final Lookout lookout;
    private final StrandedLines stranded;
    private final Intake intake;
    private final Dispatcher dispatcher;
    private final Housekeeping housekeeping;
    private final StatusSync statusSync;
    private final Loop dispatchLoop;
    private final Loop housekeepingLoop;
    private final Loop statusSyncLoop;
    private final Executor executor;
    private final List<Thread> threads = new ArrayList<>();

    EngineLoops(DispatchEngineBuilder builder, Map<ProviderAccount, Account> accounts, Announcer announcer) {
        EngineSettings settings = builder.settings();
        this.accounts = accounts.values();
        executor = Objects.requireNonNullElseGet(builder.executor, WorkerThreads::create);
        recorder = new Recorder(builder.store, announcer, builder.clock, new RepeatedIds(accounts));
        Routing routing =
                Objects.requireNonNullElseGet(builder.routing, () -> Routing.failover(List.copyOf(accounts.keySet())));
        lookout = new Lookout(builder.store::outlook, settings.idlePause().dividedBy(2), System::nanoTime);
        var backlog = new Backlog(lookout);
        var router = new Router(accounts, routing, backlog, settings, builder.clock, builder.random);
        var detours = new Detours(accounts, backlog, settings, builder.clock);
        intake = new Intake(builder.store, router, backlog, builder.doubtPolicy, builder.clock, this::wakeDispatcher);
        dispatcher = new Dispatcher(
                accounts.values(),
                new Sorter(builder.store, accounts, router, backlog, detours, announcer, settings, builder.clock),
                backlog,
                new HandOvers(
                        builder.store,
                        new OutcomePolicy(settings),
                        recorder,
                        announcer,
                        settings,
                        builder.clock,
                        () -> AttemptId.create(builder.clock, builder.random),
                        executor,
                        this::wakeDispatcher),
                recorder,
                settings);
        stranded = new StrandedLines(accounts.keySet(), lookout, builder.clock);
        var retention = new Retention(builder.store, builder.retention, builder.personalDataRetention, builder.clock);
        housekeeping = new Housekeeping(
                builder.store,
                accounts.values(),
                detours,
                stranded,
                announcer,
                settings,
                retention,
                lookout,
                this::wakeDispatcher);
        var schedule = new LookupSchedule(settings, builder.random);
        statusSync = new StatusSync(
                builder.store,
                accounts.values(),
                new Reconciler(builder.store, schedule, builder.settings()),
                schedule,
                announcer,
                lookout,
                settings,
                executor,
                builder.clock,
                this::wakeStatusSync);
        var idle = new Backoff(Durations.min(Duration.ofMillis(10), settings.idlePause()), settings.idlePause());
        var trouble = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
        dispatchLoop = new Loop("sms-dispatch", dispatcher, idle, trouble);
        housekeepingLoop = new Loop("sms-housekeeping", housekeeping, idle, trouble);
        statusSyncLoop = new Loop("sms-status-sync", statusSync, idle, trouble);
    }

    /** Takes new messages. */
    Intake intake() {
        return intake;
    }

    /** Starts each loop on a daemon thread. */
    void start() {
        for (Loop loop : all()) {
            var thread = new Thread(loop, loop.name());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** One round of every loop on the calling thread, for engines that were not started. Whether there may be more. */
    boolean runOnce() {
        lookout.forget();
        boolean busy = housekeeping.step() == Loop.Pace.BUSY;
        busy |= dispatcher.step() == Loop.Pace.BUSY;
        busy |= statusSync.step() == Loop.Pace.BUSY;
        return busy;
    }

    /**
     * Claims nothing more, gives back what is not on the wire, waits for what is, and writes down how it ended.
     *
     * @param all for all waiting together; what the store takes for the last statements comes on top
     */
    void stop(Duration all) {
        var patience = new Patience(all);
        // Who is interrupted wants it quick, but not at the price of doubts: the waiting is bounded anyway.
        boolean interrupted = Thread.interrupted();
        all().forEach(Loop::stop);
        interrupted |= join(patience);
        if (threads.stream().noneMatch(Thread::isAlive)) {
            giveBack();
        }
        interrupted |= awaitGone(patience);
        if (executor instanceof ExecutorService service) {
            interrupted |= stop(service, patience);
        }
        recorder.flush();
        if (recorder.unwritten() > 0) {
            log.warn("{} outcomes could not be written; their messages will be in doubt", recorder.unwritten());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was interrupted. */
    private boolean awaitGone(Patience patience) {
        try {
            HandOvers.awaitGone(accounts, patience);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void giveBack() {
        try {
            dispatcher.giveBack();
        } catch (RuntimeException e) {
            log.warn("could not give claims back, their leases will end: {}", e.getMessage());
        }
    }

    /** Whether it was interrupted. */
    private boolean join(Patience patience) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            if (thread == Thread.currentThread()) {
                continue; // closed by a listener
            }
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, patience.left().toNanos());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    /** Whether it was interrupted. */
    private static boolean stop(ExecutorService service, Patience patience) {
        service.shutdown();
        try {
            if (!service.awaitTermination(patience.left().toNanos(), TimeUnit.NANOSECONDS)) {
                service.shutdownNow();
            }
            return false;
        } catch (InterruptedException e) {
            service.shutdownNow();
            return true;
        }
    }

    /** Whether all loops run. */
    boolean isAlive() {
        return !threads.isEmpty() && threads.stream().allMatch(Thread::isAlive);
    }

    /** How many outcomes are known but not yet committed. */
    int unwritten() {
        return recorder.unwritten();
    }

    /** The accounts of others in whose lines messages have waited for long. */
    List<ProviderAccount> strandedAccounts() {
        return stranded.accounts();
    }

    /** Why the store cannot be used at the moment; null: it can. */
    @Nullable
    String storeTrouble() {
        return all().stream()
                .map(Loop::storeTrouble)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(recorder::storeTrouble);
    }

    /** Which loop does not get on, and the class of what it throws; null: none, or because of the store alone. */
    @Nullable
    String loopTrouble() {
        for (Loop loop : all()) {
            String trouble = loop.loopTrouble();
            if (trouble != null) {
                return loop.name() + ": " + trouble;
            }
        }
        return null;
    }

    /** How many rounds in a row have failed, of the loop that has failed most. */
    int failedRounds() {
        return all().stream().mapToInt(Loop::failedRounds).max().orElse(0);
    }

    /** For how long the slowest of the threads has been at its present step; zero: all rest. */
    Duration longestStep() {
        return Stream.concat(
                        all().stream().map(Loop::stepTakes),
                        Stream.of(recorder.writingTakes(), statusSync.writingTakes()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    void wakeDispatcher() {
        dispatchLoop.wakeUp();
    }

    void wakeHousekeeping() {
        housekeepingLoop.wakeUp();
    }

    private void wakeStatusSync() {
        statusSyncLoop.wakeUp();
    }

    private List<Loop> all() {
        return List.of(dispatchLoop, housekeepingLoop, statusSyncLoop);
    }
}
