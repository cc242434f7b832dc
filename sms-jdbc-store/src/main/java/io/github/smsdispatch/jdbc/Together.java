package io.github.smsdispatch.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
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

    /** Held for moments only, and never during work: who waits for its result must not keep the next group waiting. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition groupIsOver = lock.newCondition();
    private final Queue<Wish<T, R>> waiting = new ArrayDeque<>();
    private boolean isBusy;

    /** What one call wants. */
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
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Does it, and whatever throws for it alone is thrown. */
    R call(T what) {
        var mine = new Wish<T, R>(what);
        List<Wish<T, R>> group = await(mine, true);
        while (!group.isEmpty()) {
            doTogether(group);
            group = await(mine, false);
        }
        R result = mine.result;
        return result == null ? work.apply(List.of(what)).get(0) : result;
    }

    /** Waits until the wish is over, or it is this thread's turn to do the next group, which is returned. */
    private List<Wish<T, R>> await(Wish<T, R> mine, boolean isNew) {
        var group = new ArrayList<Wish<T, R>>();
        lock.lock();
        try {
            if (isNew) {
                waiting.add(mine);
            }
            while (isBusy && !mine.isOver) {
                groupIsOver.awaitUninterruptibly();
            }
            while (!mine.isOver && !waiting.isEmpty() && group.size() < most) {
                group.add(waiting.remove());
            }
            isBusy |= !group.isEmpty();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void doTogether(List<Wish<T, R>> group) {
        List<R> results = List.of();
        try {
            results = work.apply(group.stream().map(wish -> wish.what).toList());
        } catch (RuntimeException | Error e) {
            if (group.size() == 1) {
                throw e;
            }
        } finally {
            end(group, results);
        }
    }

    /** @param results empty: it failed */
    private void end(List<Wish<T, R>> group, List<R> results) {
        lock.lock();
        try {
            for (int i = 0; i < group.size(); i++) {
                Wish<T, R> wish = group.get(i);
                wish.isOver = true;
                wish.result = results.isEmpty() ? null : results.get(i);
            }
            isBusy = false;
            groupIsOver.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
