package io.github.smsdispatch.tracking;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.WorkerThreads;
import io.github.smsdispatch.internal.lookup.LookupGate;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.store.StoreException;
import io.github.smsdispatch.store.TrackingCounts;
import io.github.smsdispatch.store.TrackingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of messages that somebody else handed over, of which only the provider's ids are known.
 *
 * <pre>{@code
 * StatusTracker tracker = StatusTracker.builder(store, account, provider).parallel(50).build();
 * TrackingSummary summary = tracker.run();
 * }</pre>
 *
 * <p>A run ends by itself when every message is in a final state. It may be killed at any time and started again, and any
 * number of processes may run on one store: what one has claimed, no other looks up before its lease ends. What is looked up
 * changes nothing at the provider, so nothing is ever sent.
 *
 * <p>Each tracker runs once. Thread-safe.
 */
public final class StatusTracker {
    private static final Logger log = LoggerFactory.getLogger(StatusTracker.class);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Backoff STORE_PAUSE = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final StatusTrackerBuilder settings;
    private final TrackingStore store;
    private final InstantSource clock;
    private final LookupGate gate;
    private final TrackingTally tally;
    private final Semaphore wakeUps = new Semaphore(0);
    private final TrackingVerdicts verdicts;
    private final Counting counting;
    private Executor executor = Runnable::run;
    private volatile boolean stopped;
    private Instant begun = Instant.MIN;
    private Instant toldAt = Instant.MIN;
    private @Nullable LogReading reading;
    private @Nullable TrackedLookups lookups;

    StatusTracker(StatusTrackerBuilder settings) {
        this.settings = settings;
        this.store = settings.store;
        this.clock = settings.clock;
        this.gate = settings.gate();
        this.tally = new TrackingTally(clock);
        this.counting = new Counting(store, this::wakeUp);
        this.verdicts =
                new TrackingVerdicts(settings.pauses, settings.giveUpAfter, settings.unconfirmedAfter, settings.random);
    }

    /** Begins to describe a tracker. Store and provider are closed by whoever made them. */
    public static StatusTrackerBuilder builder(TrackingStore store, ProviderAccount account, SmsProvider provider) {
        return new StatusTrackerBuilder(store, account, provider);
    }

    /**
     * Takes in the ids, asks until every message is final, and returns; blocks. Ends earlier when it is {@link #stop stopped} or
     * interrupted, or when provider or store could not be used for as long as its patience lasts.
     *
     * @throws StoreException if the store cannot be used for that long
     * @throws io.github.smsdispatch.spi.ConfigurationException if there is nowhere to take ids from
     */
    public TrackingSummary run() {
        Executor workers = Objects.requireNonNullElseGet(settings.executor, WorkerThreads::create);
        try {
            begin(workers);
            int failures = 0;
            Instant failingSince = Instant.MAX;
            while (!stopped) {
                Duration pause;
                try {
                    pause = step();
                    failures = 0;
                    failingSince = Instant.MAX;
                } catch (StoreException e) {
                    failingSince = Durations.earlier(failingSince, clock.instant());
                    if (!clock.instant().isBefore(failingSince.plus(settings.patience))) {
                        throw e;
                    }
                    log.warn("the store cannot be used and is tried again: {}", e.getMessage());
                    pause = STORE_PAUSE.after(failures++);
                }
                if (pause == null || trouble() != null) {
                    break;
                }
                pause(pause);
            }
            return end();
        } finally {
            if (workers instanceof ExecutorService service) {
                service.shutdown();
            }
        }
    }

    /** Takes in the ids. */
    void begin(Executor workers) {
        executor = workers;
        begun = clock.instant();
        toldAt = begun;
        settings.listener.seeded(store.seed());
        if (settings.mode == TrackingMode.SWEEP && settings.provider instanceof MessageLog messageLog) {
            reading = new LogReading(settings, messageLog, gate, tally, verdicts);
        }
        if (settings.provider instanceof StatusLookup lookup) {
            lookups = new TrackedLookups(settings, lookup, gate, tally, verdicts, executor, this::wakeUp);
        }
    }

    /** Does what is to be done now; returns how long there is nothing to do, or null at the end. */
    @Nullable
    Duration step() {
        tellNowAndThen();
        if (reading != null) {
            Duration next = reading.step();
            if (next != null) {
                return next;
            }
            reading = null;
        }
        // Of a provider that has a log alone, what is not final by it is left for the next run.
        return lookups == null ? null : lookups.step();
    }

    /** Why it is of no use to go on; null: it is. */
    @Nullable
    String trouble() {
        return tally.troubleFor(settings.patience);
    }

    /** Makes {@link #run} return when the calls under way are over. What is leased and not asked for is so again soon. */
    public void stop() {
        stopped = true;
        wakeUp();
    }

    private void wakeUp() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    private void pause(Duration pause) {
        try {
            if (!pause.isZero() && wakeUps.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    private TrackingSummary end() {
        boolean interrupted = Thread.interrupted();
        if (lookups != null) {
            lookups.stop();
        }
        Instant latest = clock.instant().plus(STOP_PATIENCE);
        while (!isQuiet() && clock.instant().isBefore(latest)) {
            try {
                wakeUps.tryAcquire(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        TrackingProgress progress = progress();
        settings.listener.progress(progress);
        return new TrackingSummary(progress, trouble());
    }

    private boolean isQuiet() {
        return (lookups == null || lookups.isQuiet()) && !counting.isBusy();
    }

    private void tellNowAndThen() {
        Instant now = clock.instant();
        boolean isTime = !now.isBefore(toldAt.plus(settings.progressEvery)) || now.isBefore(toldAt);
        TrackingCounts counts = null;
        if (isTime) {
            toldAt = now;
            // Of a count that takes longer than that, the numbers of the one before are told.
            counts = counting.start(executor) ? null : counting.latest();
        }
        TrackingCounts news = counting.news();
        counts = news == null ? counts : news;
        if (counts != null) {
            settings.listener.progress(progress(counts));
        }
    }

    TrackingProgress progress() {
        return progress(store.counts());
    }

    private TrackingProgress progress(TrackingCounts counts) {
        return new TrackingProgress(
                Duration.between(begun, clock.instant()), counts, tally.looks(), tally.throttles(), tally.pages());
    }
}
