package io.github.smsdispatch.internal;

import java.time.Duration;
import java.util.function.LongSupplier;

/** For how long something has been going on that one thread at a time does. Asked by any thread. */
public final class UnderWay {
    private final LongSupplier nanoTime;
    private volatile long since;
    private volatile boolean isGoingOn;

    /** @param nanoTime as {@link System#nanoTime} */
    public UnderWay(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void begin() {
        since = nanoTime.getAsLong();
        isGoingOn = true;
    }

    public void end() {
        isGoingOn = false;
    }

    /** Zero: it is not going on. */
    public Duration elapsed() {
        return isGoingOn ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - since)) : Duration.ZERO;
    }
}
