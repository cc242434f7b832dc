package io.github.smsdispatch.internal.lookup;

import org.jspecify.annotations.Nullable;

/**
 * Tells when a walk from cursor to cursor goes round in a circle, with the memory of one cursor: the mark is moved ever less
 * often, so that it comes to lie in the circle (R. P. Brent, An improved Monte Carlo factorization algorithm, 1980). Not
 * thread-safe.
 */
public final class Circle {
    private @Nullable String mark;
    private long sinceMark;
    private long untilNextMark = 1;

    /** Whether this cursor shows that it does; true after three times round at the latest. */
    public boolean isClosedBy(String cursor) {
        if (cursor.equals(mark)) {
            return true;
        }
        if (++sinceMark == untilNextMark) {
            mark = cursor;
            sinceMark = 0;
            untilNextMark *= 2;
        }
        return false;
    }
}
