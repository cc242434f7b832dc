package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Durations;
import java.time.Duration;

/** A time that several waits share, one after the other: what the first has used is not there for the second. */
final class Patience {
    private final long startNanos = System.nanoTime();
    private final Duration all;

    Patience(Duration all) {
        this.all = all;
    }

    /** What is left of it; never negative. */
    Duration left() {
        return Durations.max(Duration.ZERO, all.minusNanos(System.nanoTime() - startNanos));
    }
}
