package io.github.smsdispatch.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that is moved by hand: it stands still between moves, or runs with another clock and is moved ahead of it.
 * Thread-safe.
 */
public final class MovableClock implements InstantSource {
    private final InstantSource base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private MovableClock(InstantSource base) {
        this.base = base;
    }

    /** A clock that stands still at the given time. */
    public static MovableClock startingAt(Instant start) {
        return new MovableClock(InstantSource.fixed(start));
    }

    /** A clock that runs with another, and can be moved ahead of it. */
    public static MovableClock runningWith(InstantSource base) {
        return new MovableClock(base);
    }

    /**
     * Moves the clock forward.
     *
     * @throws IllegalArgumentException if the duration is negative: time does not run backwards
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a clock moves forward only, but this is " + by);
        }
        ahead.updateAndGet(by::plus);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }
}
