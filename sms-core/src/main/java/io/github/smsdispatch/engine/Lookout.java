package io.github.smsdispatch.engine;

import io.github.smsdispatch.store.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store whether there is anything to do, once for all loops that have nothing to do: so an idle engine costs the
 * database a question or two a second. Thread-safe.
 */
final class Lookout {
    private final Supplier<Outlook> store;
    private final Duration freshness;
    private final LongSupplier nanoTime;
    private @Nullable Outlook last;
    private long askedAt;

    /**
     * @param store what asks the store
     * @param freshness how old an answer may be
     * @param nanoTime as {@link System#nanoTime}
     */
    Lookout(Supplier<Outlook> store, Duration freshness, LongSupplier nanoTime) {
        this.store = store;
        this.freshness = freshness;
        this.nanoTime = nanoTime;
    }

    /** Whether it is time for work of a kind. */
    synchronized boolean isDue(Function<Outlook, @Nullable Instant> kind) {
        Outlook outlook = last;
        if (outlook == null || nanoTime.getAsLong() - askedAt >= freshness.toNanos()) {
            last = null;
            askedAt = nanoTime.getAsLong();
            outlook = store.get();
            last = outlook;
        }
        Instant due = kind.apply(outlook);
        Instant now = outlook.now().plusNanos(nanoTime.getAsLong() - askedAt);
        boolean isDue = due != null && !due.isAfter(now);
        if (isDue) {
            // It will not be so any more when it is done.
            last = null;
        }
        return isDue;
    }
}
