package io.github.smsdispatch.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. The test kit has one for users, but it is built on this module. */
public class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-03-01T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }

    public void moveTo(Instant then) {
        if (then.isAfter(now)) {
            now = then;
        }
    }
}
