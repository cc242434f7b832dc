package io.github.smsdispatch.engine;

import io.github.smsdispatch.store.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store whether there is anything to do, once for all loops: so an idle engine costs the database a question or two a
 * second. Thread-safe.
 */
final class Lookout {
    private final Supplier<Outlook> store;
    private final Duration freshness;
    private final LongSupplier nanoTime;
    private @Nullable Outlook last;
    private long askedAt;
    private long answers;

    /**
     * What the store has said.
     *
     * @param outlook its answer
     * @param number which answer it is
     * @param now its time by now
     */
    record Sight(Outlook outlook, long number, Instant now) {}

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

    /** What the store says, or said a moment ago. */
    synchronized Sight look() {
        Outlook outlook = last;
        if (outlook == null || nanoTime.getAsLong() - askedAt >= freshness.toNanos()) {
            last = null;
            askedAt = nanoTime.getAsLong();
            outlook = store.get();
            answers++;
            last = outlook;
        }
        return new Sight(outlook, answers, outlook.now().plusNanos(nanoTime.getAsLong() - askedAt));
    }

    /** Asks anew the next time. */
    synchronized void forget() {
        last = null;
    }

    /** Whether it is time for work of a kind. */
    synchronized boolean isDue(Function<Outlook, @Nullable Instant> kind) {
        Sight sight = look();
        Instant due = kind.apply(sight.outlook());
        boolean isDue = due != null && !due.isAfter(sight.now());
        if (isDue) {
            // It will not be so any more when it is done.
            forget();
        }
        return isDue;
    }
}
