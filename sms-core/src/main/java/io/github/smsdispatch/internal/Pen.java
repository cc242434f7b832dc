package io.github.smsdispatch.internal;

import io.github.smsdispatch.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Has things written to the store in groups, each in one transaction: whoever holds the pen writes for all who came
 * meanwhile. Thread-safe.
 */
public final class Pen<T> {
    private final IntSupplier most;
    private final Function<List<T>, Written> writer;
    private final Consumer<List<StateChange>> changed;
    private final ConcurrentLinkedQueue<T> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock held = new ReentrantLock();
    private final UnderWay writing = new UnderWay(System::nanoTime);

    /**
     * What became of a group.
     *
     * @param changes what it changed
     * @param goesOn whether the next group is to be written at once
     */
    public record Written(List<StateChange> changes, boolean goesOn) {}

    /**
     * @param most the most of a group; asked with the pen in hand
     * @param writer writes a group, by one thread at a time
     * @param changed told of what each group changed, when the pen is free again
     */
    public Pen(IntSupplier most, Function<List<T>, Written> writer, Consumer<List<StateChange>> changed) {
        this.most = most;
        this.writer = writer;
        this.changed = changed;
    }

    /** Takes things over, to be written by {@link #flush}. */
    public void add(Collection<T> things) {
        waiting.addAll(things);
    }

    /** Writes what waits, unless another thread is at it. */
    public void flush() {
        // Not a single tryLock: what was added after the holder's last look must find a writer. And one group for each
        // time with the pen, so that nobody writes for the others for ever and listeners hear of it soon.
        boolean goesOn = true;
        while (goesOn && !waiting.isEmpty() && held.tryLock()) {
            Written written = new Written(List.of(), false);
            try {
                writing.begin();
                written = writer.apply(nextGroup());
            } finally {
                writing.end();
                held.unlock();
                changed.accept(written.changes());
            }
            goesOn = written.goesOn();
        }
    }

    /** For how long the present group has been with the store; zero: none is. */
    public Duration writingTakes() {
        return writing.elapsed();
    }

    private List<T> nextGroup() {
        int size = most.getAsInt();
        var group = new ArrayList<T>();
        while (group.size() < size) {
            T next = waiting.poll();
            if (next == null) {
                break;
            }
            group.add(next);
        }
        return group;
    }
}
