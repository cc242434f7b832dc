package io.github.smsdispatch.tracking;

import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param progress where things stand at its end
 * @param trouble why it ended before everything was final, without number or text; null: everything is, or it was stopped
 */
public record TrackingSummary(TrackingProgress progress, @Nullable String trouble) {
    /** Whether every message is in a final state. */
    public boolean isComplete() {
        return progress.counts().finals() == progress.counts().all();
    }
}
