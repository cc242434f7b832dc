package io.github.smsdispatch.tracking;

import io.github.smsdispatch.store.TrackingSeed;

/** Hears how a {@link StatusTracker} gets on, on the thread of {@link StatusTracker#run}: while it listens nothing is claimed. */
@FunctionalInterface
public interface TrackingListener {
    /** Now and then, and at the end. */
    void progress(TrackingProgress progress);

    /** Ids were taken in. */
    default void seeded(TrackingSeed seed) {}
}
