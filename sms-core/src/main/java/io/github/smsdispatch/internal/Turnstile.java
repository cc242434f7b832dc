package io.github.smsdispatch.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets one thread at a time do a piece of work, again and again for those who ask meanwhile: none of them waits, and none of what
 * they ask for is forgotten. Where calls run at once, on the thread that starts them, each would otherwise start the next from
 * within. Thread-safe.
 */
public final class Turnstile {
    private final AtomicInteger asked = new AtomicInteger();

    /** Does the work, or leaves it to the thread that is at it. */
    public void pass(Runnable work) {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        try {
            int seen = 1;
            while (seen > 0) {
                work.run();
                seen = asked.addAndGet(-seen);
            }
        } catch (RuntimeException | Error e) {
            asked.set(0);
            throw e;
        }
    }
}
