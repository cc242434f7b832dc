package io.github.smsdispatch.tracking;

import io.github.smsdispatch.store.TrackingSeed;

/** Hears how a {@link StatusTracker} gets on, on the thread of {@link StatusTracker#run}: while it listens nothing is claimed. */
@FunctionalInterface
public interface TrackingListener {
    /**
     * Now and then, and at the end. What is tracked is counted beside the look-ups; while that takes longer than usual, the
     * counts are those of the last time.
     */
    void progress(TrackingProgress progress);

    /** Ids were taken in. */
    default void seeded(TrackingSeed seed) {}
}
