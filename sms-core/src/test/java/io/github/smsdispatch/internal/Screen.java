package io.github.smsdispatch.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the tests' logging prints. */
public final class Screen {
    private Screen() {}

    /** What is logged on this thread's behalf while the action runs; nothing else must log meanwhile. */
    public static String logOf(Runnable action) {
        var log = new ByteArrayOutputStream();
        PrintStream screen = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(screen);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
