package io.github.smsdispatch.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. The test kit has one for users, but it is built on this module. */
class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-03-01T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    void moveTo(Instant then) {
        if (then.isAfter(now)) {
            now = then;
        }
    }
}
