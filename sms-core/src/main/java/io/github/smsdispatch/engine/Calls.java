package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Turnstile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one account: what is begun goes in the order in which it was, so many messages at a time. What waits here
 * keeps a fast account busy while the intents of the next messages are committed. Thread-safe.
 */
final class Calls {
    private final int most;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private final Turnstile turnstile = new Turnstile();
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

    /** Starts all that may go now. */
    void start(Consumer<Batch> starter) {
        turnstile.pass(() -> {
            for (Batch next = next(); next != null; next = next()) {
                starter.accept(next);
            }
        });
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
