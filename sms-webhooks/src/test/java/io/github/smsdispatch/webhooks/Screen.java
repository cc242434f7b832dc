package io.github.smsdispatch.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** Where the log goes in the tests. */
final class Screen {
    private Screen() {}

    /** What is logged while something is done. */
    static String during(Callable<?> task) throws Exception {
        var log = new ByteArrayOutputStream();
        PrintStream screen = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            task.call();
        } finally {
            System.setErr(screen);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
