package io.github.smsdispatch.engine;

import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes to the store, many in one transaction: whoever holds the lock writes for all who came meanwhile. An
 * outcome that the store cannot take now is kept and offered again at each step of the dispatch loop; should the
 * process die first, the lease of the attempt ends and the message is in doubt, not lost.
 */
final class Recorder {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    private static final int MOST_AT_ONCE = 500;

    /** How often an outcome may fail, while others succeed, before it is given up. */
    private static final int MOST_FAILURES = 5;

    private final MessageStore store;
    private final Announcer announcer;
    private final ConcurrentLinkedQueue<Outcome> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unwritten = new AtomicInteger();
    private final Damper failures;
    private final ReentrantLock writing = new ReentrantLock();

    /** Guarded by the lock. After a failure each outcome is written alone, to find the culprit. */
    private int limit = MOST_AT_ONCE;

    /** Guarded by the lock. */
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

    Recorder(MessageStore store, Announcer announcer, InstantSource clock) {
        this.store = store;
        this.announcer = announcer;
        this.failures = new Damper(clock, Account.WARNING_PAUSE);
    }

    /** Takes outcomes over; they are written now or, if the store is out of reach, later. */
    void record(List<AttemptEnd> ends) {
        unwritten.addAndGet(ends.size());
        ends.forEach(end -> waiting.add(new Outcome(end)));
        flush();
    }

    /** Writes what waits, unless another thread is at it or the store cannot take it now. */
    void flush() {
        // Not a single tryLock: what was added after the holder's last look must find a writer. And one batch for each
        // time with the lock, so that nobody writes for the others for ever and listeners hear of it soon.
        boolean goesOn = true;
        while (goesOn && !waiting.isEmpty() && writing.tryLock()) {
            var committed = new ArrayList<StateChange>();
            try {
                goesOn = write(nextBatch(), committed);
            } finally {
                writing.unlock();
                announcer.tell(committed);
            }
        }
    }

    /** How many outcomes are known but not yet committed. */
    int unwritten() {
        return unwritten.get();
    }

    private List<Outcome> nextBatch() {
        var batch = new ArrayList<Outcome>();
        while (batch.size() < limit) {
            Outcome next = waiting.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    /** Whether it was written. */
    private boolean write(List<Outcome> batch, List<StateChange> committed) {
        try {
            committed.addAll(
                    store.finish(batch.stream().map(outcome -> outcome.end).toList()));
            unwritten.addAndGet(-batch.size());
            writes++;
            limit = Math.min(MOST_AT_ONCE, limit * 2);
            return true;
        } catch (RuntimeException e) {
            warn(e);
            limit = 1;
            if (batch.size() > 1 || !isPoison(batch.get(0))) {
                waiting.addAll(batch);
            } else {
                log.error(
                        "the outcome for message {} cannot be written and is given up, the message will be in doubt",
                        batch.get(0).end.message(),
                        Trace.of(e));
                unwritten.decrementAndGet();
            }
            return false;
        }
    }

    /** Not by the loop alone: a store may take everything but outcomes, and then no loop ever fails. */
    private void warn(RuntimeException e) {
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
