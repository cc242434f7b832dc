package io.github.smsdispatch.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one account: what is begun goes in the order in which it was, so many messages at a time. What waits here
 * keeps a fast account busy while the intents of the next messages are committed. Thread-safe.
 */
final class Calls {
    private final int most;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private int underWay;

    /** What goes in one call, and when it was begun by this engine's clock. */
    record Batch(List<HandOver.Item> items, Instant begunAt) {}

    /** @param most messages in calls at a time */
    Calls(int most) {
        this.most = most;
    }

    /** The most messages of one call. */
    int most() {
        return most;
    }

    synchronized void add(Batch batch) {
        waiting.add(batch);
    }

    /**
     * Starts all that may go now. One thread does so for those who ask meanwhile: where calls run at once, on the thread
     * that starts them, each would otherwise start the next from within.
     */
    void start(Consumer<Batch> starter) {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        try {
            int seen = 1;
            while (seen > 0) {
                for (Batch next = next(); next != null; next = next()) {
                    starter.accept(next);
                }
                seen = asked.addAndGet(-seen);
            }
        } catch (RuntimeException | Error e) {
            asked.set(0);
            throw e;
        }
    }

    private synchronized @Nullable Batch next() {
        Batch next = waiting.peek();
        if (next == null || underWay + next.items().size() > most) {
            return null;
        }
        underWay += next.items().size();
        waiting.remove();
        notifyAll();
        return next;
    }

    /** Says that a call is over. */
    synchronized void ended(Batch batch) {
        underWay -= batch.items().size();
    }

    /** Waits until nothing is begun that has not gone; returns whether it is so. */
    synchronized boolean awaitGone(Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        long left = patience.toMillis();
        while (!waiting.isEmpty() && left > 0) {
            wait(left);
            left = patience.minusNanos(System.nanoTime() - start).toMillis();
        }
        return waiting.isEmpty();
    }
}
