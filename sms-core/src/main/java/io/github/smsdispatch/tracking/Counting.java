package io.github.smsdispatch.tracking;

import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.store.StoreException;
import io.github.smsdispatch.store.TrackingCounts;
import io.github.smsdispatch.store.TrackingStore;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts where the messages of a tracker stand, beside its claims: that reads all of them, which takes a while where there are
 * millions. One count at a time. Thread-safe.
 */
final class Counting {
    private static final Logger log = LoggerFactory.getLogger(StatusTracker.class);

    private final TrackingStore store;
    private final Runnable counted;
    private boolean busy;
    private boolean isNews;
    private @Nullable TrackingCounts latest;

    /** @param counted told when there is something new */
    Counting(TrackingStore store, Runnable counted) {
        this.store = store;
        this.counted = counted;
    }

    /** Begins to count; false: it has not come to the end of the last count yet. */
    boolean start(Executor executor) {
        synchronized (this) {
            if (busy) {
                return false;
            }
            busy = true;
        }
        try {
            executor.execute(this::count);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Stopping, or no more threads to be had: the next time will do.
            end(null);
        }
        return true;
    }

    private void count() {
        TrackingCounts counts = null;
        try {
            counts = store.counts();
        } catch (StoreException e) {
            log.warn("what is tracked could not be counted: {}", e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error("what is tracked could not be counted: a bug", Trace.of(e));
        } finally {
            end(counts);
        }
        counted.run();
    }

    private synchronized void end(@Nullable TrackingCounts counts) {
        busy = false;
        if (counts != null) {
            latest = counts;
            isNews = true;
        }
    }

    /** What was counted since this was asked last; null: nothing. */
    synchronized @Nullable TrackingCounts news() {
        TrackingCounts news = isNews ? latest : null;
        isNews = false;
        return news;
    }

    /** What was counted last; null: nothing was. */
    synchronized @Nullable TrackingCounts latest() {
        return latest;
    }

    synchronized boolean isBusy() {
        return busy;
    }
}
