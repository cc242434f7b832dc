package io.github.smsdispatch.engine;

import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes outcomes to the store, many in one transaction: whoever holds the lock writes for all who came meanwhile. An
 * outcome that the store cannot take now is kept and offered again at each step of the dispatch loop; should the
 * process die first, the lease of the attempt ends and the message is in doubt, not lost.
 */
final class Recorder {
    private static final int MOST_AT_ONCE = 500;

    private final MessageStore store;
    private final Announcer announcer;
    private final ConcurrentLinkedQueue<AttemptEnd> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unwritten = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();

    Recorder(MessageStore store, Announcer announcer) {
        this.store = store;
        this.announcer = announcer;
    }

    /** Takes outcomes over; they are written now or, if the store is out of reach, later. */
    void record(List<AttemptEnd> ends) {
        unwritten.addAndGet(ends.size());
        waiting.addAll(ends);
        try {
            flush();
        } catch (StoreException e) {
            // Kept. The loops meet the same trouble and report it.
        }
    }

    /**
     * Writes what waits, unless another thread is at it.
     *
     * @throws StoreException if the store cannot take it; it is kept
     */
    void flush() {
        // Not a single tryLock: what was added after the holder's last look must find a writer.
        while (!waiting.isEmpty() && writing.tryLock()) {
            var committed = new ArrayList<StateChange>();
            try {
                writeAll(committed);
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

    private void writeAll(List<StateChange> committed) {
        while (true) {
            var batch = new ArrayList<AttemptEnd>();
            AttemptEnd end;
            while (batch.size() < MOST_AT_ONCE && (end = waiting.poll()) != null) {
                batch.add(end);
            }
            if (batch.isEmpty()) {
                return;
            }
            write(batch, committed);
        }
    }

    private void write(List<AttemptEnd> batch, List<StateChange> committed) {
        try {
            committed.addAll(store.finish(batch));
            unwritten.addAndGet(-batch.size());
        } catch (RuntimeException e) {
            waiting.addAll(batch);
            throw e;
        }
    }
}
