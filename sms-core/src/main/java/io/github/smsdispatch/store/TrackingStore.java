package io.github.smsdispatch.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what becomes of messages that others handed over to a provider, of which only the provider's id is known. Any number
 * of processes may share it; what one has claimed is its own until the lease ends. All times are by the store's own clock.
 * Thread-safe; each call may throw {@link StoreException} where the store cannot be used at the moment.
 *
 * @see io.github.smsdispatch.tracking.StatusTracker
 */
public interface TrackingStore {
    /**
     * Takes in the ids that are not tracked yet; may be called again at any time, and by several processes at once. Each id
     * is tracked once, however often it comes.
     *
     * @throws io.github.smsdispatch.spi.ConfigurationException if there is nowhere to take them from
     */
    TrackingSeed seed();

    /**
     * Leases ids that are due and not final, the longest due first: nobody else gets them before the lease ends.
     *
     * @param most at least 1
     */
    List<TrackedMessage> claim(int most, Duration lease);

    /** Writes down what look-ups brought. What is final already, or not tracked, stays as it is. */
    void record(List<TrackedLook> looks);

    /** How long until the next id may be claimed, zero or positive; empty: every one is final. */
    Optional<Duration> nextIn();

    /** How many are in which state. Reads all of them: for now and then. */
    TrackingCounts counts();

    /**
     * Leases the reading of the provider's log of a time. One that was begun from the same moment and not ended goes on where
     * it was, with its own end of time.
     *
     * @param from inclusive; null: one that was begun and not ended goes on, or else it is 30 days before its end
     * @param until exclusive; null: the store's time now
     * @param endedSince one that ended at or after this counts as this one, and is given back as ended
     * @return empty: somebody else is at it
     */
    Optional<LogSweep> claimSweep(@Nullable Instant from, @Nullable Instant until, Instant endedSince, Duration lease);

    /**
     * Writes down one page of the log and where the next begins, together, so that none is lost and none need be read again.
     *
     * @param page what the page says of each message on it; the same id may come twice
     * @param next where the next page begins; null: this was the last
     * @param imports whether ids that are not tracked are tracked from now on; otherwise they are ignored
     * @return empty: the lease has ended and somebody else is at it; nothing was written
     */
    Optional<SweptPage> recordPage(
            LogSweep sweep, List<TrackedLook> page, @Nullable String next, boolean imports, Duration lease);

    /** The store's time. */
    Instant now();
}
