package io.github.smsdispatch.webhooks;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets one warning a minute through and counts the others, so that nobody can fill a log from outside. Thread-safe. */
final class Damper {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private boolean spoken;
    private long last;
    private long held;

    Damper(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How many this one speaks for, itself included; 0: it is held back. */
    synchronized long speaksFor() {
        long now = nanoTime.getAsLong();
        held++;
        if (spoken && now - last < PAUSE_NANOS) {
            return 0;
        }
        long all = held;
        spoken = true;
        last = now;
        held = 0;
        return all;
    }
}
