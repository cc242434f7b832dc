package io.github.smsdispatch.webhooks;

import org.jspecify.annotations.Nullable;

/** Where something was thrown, without what it says: messages may hold numbers and texts, classes and frames do not. */
final class Frames {
    private static final int CAUSES = 5;
    private static final int FRAMES = 30;

    private Frames() {}

    /** Classes and frames, also of the causes, a line each; of what is very long the beginning. */
    static String of(Throwable thrown) {
        var text = new StringBuilder(thrown.getClass().getName());
        frames(thrown, text);
        @Nullable Throwable cause = thrown.getCause();
        // Counted, as causes may go in a circle.
        for (int i = 0; i < CAUSES && cause != null; i++) {
            text.append("\ncaused by ").append(cause.getClass().getName());
            frames(cause, text);
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static void frames(Throwable thrown, StringBuilder text) {
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
            text.append("\n\tat ").append(frames[i]);
        }
    }
}
