package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.internal.UnderWay;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.store.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that steps as long as there is work, and otherwise waits, longer each time, until it is woken. Trouble with
 * the store makes it wait as well; it never gives up before it is stopped.
 */
final class Loop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration SOON = Duration.ofMillis(10);

    /** After how many failed rounds trouble is told again. */
    private static final int REMINDER = 60;

    /** How many kinds of trouble are told of in between. */
    private static final int MOST_KINDS = 10;

    /** How soon to step again. */
    enum Pace {
        /** At once: there may be more. */
        BUSY,
        /** In a moment: something is held back for milliseconds. */
        SOON,
        /** When woken, or after a pause that grows. */
        IDLE
    }

    /** One round of a loop. Always called by one thread at a time. */
    @FunctionalInterface
    interface Step {
        Pace step();

        /** Whether there may be something to do, where nobody has said so: asked before a step after a pause. */
        default boolean isDue() {
            return true;
        }

        /** How long SOON is. */
        default Duration soon() {
            return SOON;
        }
    }

    private final String name;
    private final Step step;
    private final Backoff idle;
    private final Backoff trouble;
    private final Semaphore wakeUps = new Semaphore(0);
    private final UnderWay stepping;
    private volatile boolean stopped;
    private volatile @Nullable String storeTrouble;
    private volatile @Nullable String loopTrouble;

    /** Written by the loop's thread only. */
    private volatile int failedRounds;

    /** What has been said of the present trouble. For the loop's thread only. */
    private final Set<String> told = new HashSet<>();

    Loop(String name, Step step, Backoff idle, Backoff trouble) {
        this(name, step, idle, trouble, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime}, for telling how long a step takes */
    Loop(String name, Step step, Backoff idle, Backoff trouble, LongSupplier nanoTime) {
        this.name = name;
        this.step = step;
        this.idle = idle;
        this.trouble = trouble;
        this.stepping = new UnderWay(nanoTime);
    }

    String name() {
        return name;
    }

    /** Ends the pause, if there is one. */
    void wakeUp() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Makes {@link #run} return after the step at hand. */
    void stop() {
        stopped = true;
        wakeUp();
    }

    /** Why the last step failed at the store; null: it did not. */
    @Nullable
    String storeTrouble() {
        return storeTrouble;
    }

    /** The class of what the last step threw, where it was no trouble with the store; null: it did not throw that. */
    @Nullable
    String loopTrouble() {
        return loopTrouble;
    }

    /** How many rounds have failed since the last that did not, for whatever reason. */
    int failedRounds() {
        return failedRounds;
    }

    /** For how long the present step has been going on; zero: it pauses. */
    Duration stepTakes() {
        return stepping.elapsed();
    }

    @Override
    public void run() {
        int pauses = 0;
        boolean asksFirst = false;
        while (!stopped) {
            Duration pause;
            try {
                Pace pace = step(asksFirst);
                recovered();
                pauses = pace == Pace.IDLE ? pauses + 1 : 0;
                asksFirst = pace == Pace.IDLE;
                pause = switch (pace) {
                    case BUSY -> Duration.ZERO;
                    case SOON -> step.soon();
                    case IDLE -> idle.after(pauses - 1);
                };
            } catch (RuntimeException | Error e) {
                pause = trouble.after(failedRounds);
                asksFirst = false;
                failed(e, pause);
            }
            if (!pause.isZero() && pause(pause)) {
                pauses = 0;
                asksFirst = false;
            }
        }
    }

    private Pace step(boolean asksFirst) {
        stepping.begin();
        try {
            return asksFirst && !step.isDue() ? Pace.IDLE : step.step();
        } finally {
            stepping.end();
        }
    }

    private void recovered() {
        int failures = failedRounds;
        if (failures > 0) {
            failedRounds = 0;
            storeTrouble = null;
            loopTrouble = null;
            told.clear();
            log.info("{} goes on after {} failed rounds", name, failures);
        }
    }

    private void failed(Throwable e, Duration pause) {
        boolean ofStore = e instanceof StoreException || e instanceof ConfigurationException;
        String what = ofStore ? String.valueOf(e.getMessage()) : e.getClass().getName();
        int failures = failedRounds;
        boolean tells = tells(what, failures);
        storeTrouble = ofStore ? what : null;
        loopTrouble = ofStore ? null : what;
        failedRounds = failures + 1;
        if (tells && ofStore) {
            log.warn("{} cannot use the store and tries again in {} ms: {}", name, pause.toMillis(), what);
        } else if (tells) {
            log.error("{} failed and goes on in {} ms", name, pause.toMillis(), Trace.of(e));
        }
    }

    /** Once when it begins or becomes another, then now and then: the pause grows to seconds, the log must not. */
    private boolean tells(String what, int failures) {
        boolean isNew = told.size() < MOST_KINDS && told.add(what);
        return isNew || failures % REMINDER == 0;
    }

    /** Whether it was woken. */
    private boolean pause(Duration pause) {
        try {
            return wakeUps.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // stop() does not interrupt: somebody else's flag, such as a listener's, must not end the loop.
            return true;
        }
    }
}
