package io.github.smsdispatch.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Lets one warning through in a while and counts the others, so that nobody can fill a log from outside. Thread-safe. */
final class Damper {
    private final InstantSource clock;
    private final Duration pause;
    private Instant quietUntil = Instant.MIN;
    private long held;

    Damper(InstantSource clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** How many this one speaks for, itself included; 0: it is held back. */
    synchronized long speaksFor() {
        Instant now = clock.instant();
        held++;
        if (now.isBefore(quietUntil)) {
            return 0;
        }
        long all = held;
        held = 0;
        quietUntil = now.plus(pause);
        return all;
    }
}
