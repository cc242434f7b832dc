package io.github.smsdispatch.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the tests' logging prints. */
final class Screen {
    private Screen() {}

    /** What is logged while the action runs; nothing else must log meanwhile. */
    static String logOf(Runnable action) {
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
