package io.github.smsdispatch.testkit.logs;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was logged through SLF4J in this class loader since it was made; all threads. */
public final class CapturedLines {
    private static final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private CapturedLines() {}

    static void add(String line) {
        lines.add(line);
    }

    /** All lines so far. */
    public static List<String> all() {
        return List.copyOf(lines);
    }
}
