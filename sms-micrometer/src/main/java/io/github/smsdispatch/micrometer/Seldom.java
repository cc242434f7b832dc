package io.github.smsdispatch.micrometer;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that costs to ask for: asked when it is wanted, beside whoever wants it, with a pause between two questions and
 * never while the last is still open. Thread-safe.
 */
final class Seldom<T> {
    private static final Logger log = LoggerFactory.getLogger(Seldom.class);

    private final Supplier<T> source;
    private final long everyNanos;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final AtomicBoolean isAsking = new AtomicBoolean();
    private volatile boolean wasAsked;
    private volatile long askedAt;
    private volatile @Nullable T latest;

    /** @param nanoTime as {@link System#nanoTime} */
    Seldom(Supplier<T> source, Duration every, LongSupplier nanoTime, Executor executor) {
        this.source = source;
        this.everyNanos = every.toNanos();
        this.nanoTime = nanoTime;
        this.executor = executor;
    }

    /** The latest answer; null: there is none, the last question failed, or its answer is overdue. */
    @Nullable
    T latest() {
        boolean isTime = !wasAsked || nanoTime.getAsLong() - askedAt >= everyNanos;
        if (isTime && isAsking.compareAndSet(false, true)) {
            askedAt = nanoTime.getAsLong();
            wasAsked = true;
            try {
                executor.execute(this::ask);
            } catch (RuntimeException | Error e) {
                failed(e);
                isAsking.set(false);
            }
        } else if (isTime) {
            return null;
        }
        return latest;
    }

    private void ask() {
        try {
            latest = source.get();
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            isAsking.set(false);
        }
    }

    /** The engine warns of a store that cannot be used. */
    private void failed(Throwable e) {
        latest = null;
        log.debug("a meter could not be read: {}", e.getClass().getName());
    }
}
