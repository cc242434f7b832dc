package io.github.smsdispatch.engine;

import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.internal.Damper;
import io.github.smsdispatch.internal.Pen;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes to the store, many in one transaction. An outcome that the store cannot take now is kept and offered again at each step of the dispatch loop; should the
 * process die first, the lease of the attempt ends and the message is in doubt, not lost.
 */
final class Recorder {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    private static final int MOST_AT_ONCE = 1000;

    /** How often an outcome may fail, while others succeed, before it is given up. */
    private static final int MOST_FAILURES = 5;

    private final MessageStore store;
    private final Pen<Outcome> pen;
    private final AtomicInteger unwritten = new AtomicInteger();
    private final Damper failures;
    private final RepeatedIds repeatedIds;
    private volatile @Nullable String storeTrouble;

    /** Guarded by the pen. After a failure each outcome is written alone, to find the culprit. */
    private int limit = MOST_AT_ONCE;

    /** Guarded by the pen. */
    private long writes;

    /** An outcome that waits to be written, and its own failures. */
    private static final class Outcome {
        private final AttemptEnd end;
        private int failures;
        private long writesAtFailure = -1;

        Outcome(AttemptEnd end) {
            this.end = end;
        }
    }

    Recorder(MessageStore store, Announcer announcer, InstantSource clock, RepeatedIds repeatedIds) {
        this.store = store;
        this.pen = new Pen<>(() -> limit, this::write, announcer::tell);
        this.failures = new Damper(clock, Account.WARNING_PAUSE);
        this.repeatedIds = repeatedIds;
    }

    /** Takes outcomes over; they are written now or, if the store is out of reach, later. */
    void record(List<AttemptEnd> ends) {
        unwritten.addAndGet(ends.size());
        pen.add(ends.stream().map(Outcome::new).toList());
        flush();
    }

    /** Writes what waits, unless another thread is at it or the store cannot take it now. */
    void flush() {
        pen.flush();
    }

    /** How many outcomes are known but not yet committed. */
    int unwritten() {
        return unwritten.get();
    }

    /** For how long the store has been at the outcomes that it was given last; zero: it is not. */
    Duration writingTakes() {
        return pen.writingTakes();
    }

    /** Why the store does not take the outcomes that wait; null: none waits, or it took the last that it was offered. */
    @Nullable
    String storeTrouble() {
        return unwritten.get() == 0 ? null : storeTrouble;
    }

    private Pen.Written write(List<Outcome> batch) {
        try {
            List<AttemptEnd> ends = batch.stream().map(outcome -> outcome.end).toList();
            List<StateChange> changes = store.finish(ends);
            unwritten.addAndGet(-batch.size());
            storeTrouble = null;
            writes++;
            limit = Math.min(MOST_AT_ONCE, limit * 2);
            repeatedIds.look(ends, changes);
            return new Pen.Written(changes, true);
        } catch (RuntimeException | Error e) {
            storeTrouble = e instanceof StoreException ? e.getMessage() : "the store does not take outcomes";
            warn(e);
            limit = 1;
            if (batch.size() > 1 || !isPoison(batch.get(0))) {
                pen.add(batch);
            } else {
                log.error(
                        "the outcome for message {} cannot be written and is given up, the message will be in doubt",
                        batch.get(0).end.message(),
                        Trace.of(e));
                unwritten.decrementAndGet();
            }
            return new Pen.Written(List.of(), false);
        }
    }

    /** Not by the loop alone: a store may take everything but outcomes, and then no loop ever fails. */
    private void warn(Throwable e) {
        long all = failures.speaksFor();
        if (all > 0 && e instanceof StoreException) {
            log.warn(
                    "{} outcomes wait to be written, the store does not take them: {} ({} since the last line like this)",
                    unwritten.get(),
                    e.getMessage(),
                    all);
        } else if (all > 0) {
            log.warn(
                    "{} outcomes wait to be written, the store does not take them ({} since the last line like this)",
                    unwritten.get(),
                    all,
                    Trace.of(e));
        }
    }

    /** While the store takes nothing at all, nobody is to blame. */
    private boolean isPoison(Outcome outcome) {
        if (outcome.writesAtFailure >= 0 && writes > outcome.writesAtFailure) {
            outcome.failures++;
        }
        outcome.writesAtFailure = writes;
        return outcome.failures >= MOST_FAILURES;
    }
}
