package io.github.smsdispatch.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Lets one warning through in a while and counts the others, so that nobody can fill a log from outside. Thread-safe. */
public final class Damper {
    private final InstantSource clock;
    private final Duration pause;
    private Instant spoken = Instant.MIN;
    private Instant quietUntil = Instant.MIN;
    private long held;

    /** @param pause from one that is let through to the next; a clock that is set back ends it */
    public Damper(InstantSource clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** How many this one speaks for, itself included; 0: it is held back. */
    public synchronized long speaksFor() {
        Instant now = clock.instant();
        held++;
        if (now.isBefore(quietUntil) && !now.isBefore(spoken)) {
            return 0;
        }
        long all = held;
        held = 0;
        spoken = now;
        quietUntil = now.plus(pause);
        return all;
    }
}
