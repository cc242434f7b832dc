package io.github.smsdispatch.examples.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The system's time plus all jumps so far. Thread-safe. */
final class JumpingClock implements InstantSource {
    private final InstantSource system;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    JumpingClock(InstantSource system) {
        this.system = system;
    }

    @Override
    public Instant instant() {
        return system.instant().plus(ahead.get());
    }

    /** Jumps to the given time, unless it is past already. */
    void jumpTo(Instant time) {
        ahead.updateAndGet(now -> {
            Duration wanted = Duration.between(system.instant(), time);
            return wanted.compareTo(now) > 0 ? wanted : now;
        });
    }

    /** How far ahead of the system it is. */
    Duration ahead() {
        return ahead.get();
    }
}
