package io.github.smsdispatch.tracking;

import io.github.smsdispatch.store.TrackingCounts;
import java.time.Duration;

/**
 * How far a {@link StatusTracker} has come.
 *
 * @param elapsed since it began
 * @param counts of all that are tracked, whoever looked them up, as they were counted last; exact at the end
 * @param looks messages that this process has asked for, each as often as it did
 * @param throttles calls of this process that were too many for the provider
 * @param pages pages of the log that this process has read
 */
public record TrackingProgress(Duration elapsed, TrackingCounts counts, long looks, long throttles, long pages) {}
