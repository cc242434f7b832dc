package io.github.smsdispatch.testkit.carrier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to step. */
public final class SteppingClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void step(Duration by) {
        now = now.plus(by);
    }
}
