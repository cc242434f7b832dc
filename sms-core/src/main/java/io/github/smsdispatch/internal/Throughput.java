package io.github.smsdispatch.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How fast the hand-overs of an account end, lately. Thread-safe. */
public final class Throughput {
    private static final Duration WINDOW = Duration.ofMillis(50);

    private final InstantSource clock;
    private @Nullable Instant since;
    private long ended;
    private double perSecond;

    public Throughput(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void ended(int messages) {
        Instant now = clock.instant();
        Instant from = since;
        if (from == null || now.isBefore(from)) {
            since = now;
            ended = 0;
            return;
        }
        ended += messages;
        Duration passed = Duration.between(from, now);
        if (passed.compareTo(WINDOW) >= 0) {
            // Half of it old, so that one commit that waits for the disk does not make a fast account look slow.
            perSecond = (perSecond + ended * 1e9 / passed.toNanos()) / 2;
            since = now;
            ended = 0;
        }
    }

    /** How many can be expected to end in a time. */
    public synchronized int in(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, perSecond * time.toNanos() / 1e9);
    }
}
