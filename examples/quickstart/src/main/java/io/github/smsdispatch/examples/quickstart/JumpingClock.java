package io.github.smsdispatch.examples.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's time plus all jumps so far. Thread-safe. */
final class JumpingClock implements InstantSource {
    private final InstantSource system;
    private volatile Duration ahead = Duration.ZERO;

    JumpingClock(InstantSource system) {
        this.system = system;
    }

    @Override
    public Instant instant() {
        return system.instant().plus(ahead);
    }

    /** Jumps to the given time, unless it is past already. */
    synchronized void jumpTo(Instant time) {
        Duration wanted = Duration.between(system.instant(), time);
        if (wanted.compareTo(ahead) > 0) {
            ahead = wanted;
        }
    }

    /** Whether it has left the system's time behind. */
    boolean isAhead() {
        return !ahead.isZero();
    }
}
