package io.github.smsdispatch.testkit.provider;

import java.nio.charset.StandardCharsets;

/**
 * The input of a fuzz test as people can write it down: one line of head, then the rest. A fuzzer may make anything of it.
 */
public final class FuzzInput {
    private final String head;
    private final String rest;

    private FuzzInput(String head, String rest) {
        this.head = head;
        this.rest = rest;
    }

    /** Reads bytes as UTF-8, malformed ones as U+FFFD. */
    public static FuzzInput of(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        return end < 0 ? new FuzzInput("", text) : new FuzzInput(text.substring(0, end), text.substring(end + 1));
    }

    /** The first line; empty where there is only one. */
    public String head() {
        return head;
    }

    /** The HTTP status that the first line begins with; 200 where it begins with none. */
    public int status() {
        return head.matches("[2-5][0-9][0-9].*") ? Integer.parseInt(head.substring(0, 3)) : 200;
    }

    /** All after the first line. */
    public String rest() {
        return rest;
    }
}
