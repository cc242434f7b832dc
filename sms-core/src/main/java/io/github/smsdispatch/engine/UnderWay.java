package io.github.smsdispatch.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/** For how long something has been going on that one thread at a time does. Asked by any thread. */
final class UnderWay {
    private final LongSupplier nanoTime;
    private volatile long since;
    private volatile boolean isGoingOn;

    /** @param nanoTime as {@link System#nanoTime} */
    UnderWay(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void begin() {
        since = nanoTime.getAsLong();
        isGoingOn = true;
    }

    void end() {
        isGoingOn = false;
    }

    /** Zero: it is not going on. */
    Duration elapsed() {
        return isGoingOn ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - since)) : Duration.ZERO;
    }
}
