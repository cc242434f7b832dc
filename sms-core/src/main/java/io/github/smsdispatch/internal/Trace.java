package io.github.smsdispatch.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else's code has thrown, as it may be logged: the classes of it and its causes, and where they were thrown,
 * without what they say, which may hold a number, a text or a secret. Of what is very long the beginning.
 */
public final class Trace extends Exception {
    private static final long serialVersionUID = 1L;

    /** Causes may go in a circle. */
    private static final int MOST_CAUSES = 10;

    /** Enough to come out of any driver or pool, and few enough for the trace of an endless recursion. */
    private static final int MOST_FRAMES = 50;

    private Trace(Throwable thrown, StackTraceElement[] frames, @Nullable Throwable cause) {
        super(thrown.getClass().getName(), cause);
        setStackTrace(Arrays.copyOf(frames, Math.min(frames.length, MOST_FRAMES)));
    }

    /** Never throws, whatever the given one does when it is asked. */
    public static Throwable of(Throwable thrown) {
        return of(thrown, MOST_CAUSES);
    }

    /** The causes of what was thrown; null if there is none. */
    public static @Nullable Throwable ofCause(Throwable thrown) {
        return of(thrown).getCause();
    }

    private static Throwable of(Throwable thrown, int causes) {
        try {
            Throwable cause = causes == 0 ? null : thrown.getCause();
            return new Trace(thrown, thrown.getStackTrace(), cause == null ? null : of(cause, causes - 1));
        } catch (RuntimeException | Error e) {
            // Without its frames: it may throw again when it is asked for them.
            return new Trace(e, new StackTraceElement[0], null);
        }
    }
}
