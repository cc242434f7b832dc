package io.github.smsdispatch.testkit.carrier.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Runs tasks when the carrier's clock reaches their time, on a few threads of its own. */
final class Timetable implements AutoCloseable {
    /** A clock that is not the system's may jump at any time, so it is looked at this often. */
    private static final long MAX_WAIT_MILLIS = 10;

    private static final int WORKERS = 8;

    private record Entry(Instant due, long number, Runnable task) {}

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(Entry::number));
    private final ExecutorService workers =
            Executors.newFixedThreadPool(WORKERS, Threads.daemons("carrier-timetable-worker"));
    private long count;
    private boolean closed;

    Timetable(InstantSource clock) {
        this.clock = clock;
        Threads.daemons("carrier-timetable").newThread(this::run).start();
    }

    /** Runs the task at that time or as soon as possible after it; never, once closed. */
    void at(Instant due, Runnable task) {
        lock.lock();
        try {
            entries.add(new Entry(due, count++, task));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        Threads.stop(workers);
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                Entry first = entries.peek();
                if (first != null && !first.due().isAfter(clock.instant())) {
                    entries.remove();
                    workers.execute(first.task());
                } else if (first == null) {
                    changed.await();
                } else {
                    long millis = Duration.between(clock.instant(), first.due()).toMillis();
                    changed.await(Math.max(1, Math.min(MAX_WAIT_MILLIS, millis)), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
