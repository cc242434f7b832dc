package io.github.smsdispatch.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has small things that several threads want done at the same time done together: whoever comes first does it for all who
 * came while it was busy with those before. Each call waits until its own is done. What fails together is tried again by each
 * for itself, so that one bad thing is the trouble of its own caller alone. Thread-safe.
 */
final class Together<T, R> {
    private final int most;
    private final Function<List<T>, List<R>> work;
    private final ConcurrentLinkedQueue<Wish<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock busy = new ReentrantLock();

    /** What one call wants; guarded by {@code busy} once it waits. */
    private static final class Wish<T, R> {
        private final T what;
        private boolean isOver;
        private @Nullable R result;

        Wish(T what) {
            this.what = what;
        }
    }

    /**
     * @param most how many are done together at the most; at least 2: what fails alone must be that of the thread that does it
     * @param work does several, by one thread at a time, and returns a result for each, in order; it may be called again for each of
     *     those it threw for, by several threads then, and so must not mind to be repeated
     */
    Together(int most, Function<List<T>, List<R>> work) {
        if (most < 2) {
            throw new IllegalArgumentException("nothing is done together with at most " + most);
        }
        this.most = most;
        this.work = work;
    }

    /** How many wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    /** Does it, and whatever throws for it alone is thrown. */
    R call(T what) {
        var mine = new Wish<T, R>(what);
        waiting.add(mine);
        R result;
        busy.lock();
        try {
            while (!mine.isOver) {
                doNext();
            }
            result = mine.result;
        } finally {
            busy.unlock();
        }
        return result == null ? work.apply(List.of(what)).get(0) : result;
    }

    private void doNext() {
        var group = new ArrayList<Wish<T, R>>(most);
        while (group.size() < most) {
            Wish<T, R> next = waiting.poll();
            if (next == null) {
                break;
            }
            group.add(next);
        }
        try {
            List<R> results = work.apply(group.stream().map(wish -> wish.what).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result = results.get(i);
            }
        } catch (RuntimeException | Error e) {
            if (group.size() == 1) {
                throw e;
            }
        } finally {
            group.forEach(wish -> wish.isOver = true);
        }
    }
}
