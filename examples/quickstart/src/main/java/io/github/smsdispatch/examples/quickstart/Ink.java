package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.MessageState;

/** Colours and bars, or the best that the terminal can do instead. */
final class Ink {
    private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String BLUE = "\u001b[34m";
    private static final String CYAN = "\u001b[36m";

    private final boolean colour;
    private final boolean unicode;

    Ink(Terminal terminal) {
        this.colour = terminal.colour();
        this.unicode = terminal.unicode();
    }

    String bold(String text) {
        return paint(BOLD, text);
    }

    String faint(String text) {
        return paint(FAINT, text);
    }

    String good(String text) {
        return paint(GREEN, text);
    }

    String bad(String text) {
        return paint(RED, text);
    }

    String warning(String text) {
        return paint(YELLOW, text);
    }

    String of(MessageState state, String text) {
        return switch (state) {
            case DELIVERED -> paint(GREEN, text);
            case SENT -> paint(CYAN, text);
            case SUBMITTING, SCHEDULED -> paint(BLUE, text);
            case IN_DOUBT, UNCONFIRMED -> paint(YELLOW, text);
            case UNDELIVERED, REJECTED, EXPIRED, SUPPRESSED -> paint(RED, text);
            case QUEUED, CANCELLED -> paint(FAINT, text);
        };
    }

    /** A bar of exactly {@code width} columns; anything above nothing shows. */
    String bar(double share, int width) {
        double exact = Math.max(0, Math.min(1, share)) * width;
        if (!unicode) {
            int full = share > 0 ? Math.max(1, (int) Math.round(exact)) : 0;
            return "#".repeat(full) + " ".repeat(width - full);
        }
        int eighths = share > 0 ? Math.max(1, (int) Math.round(exact * 8)) : 0;
        String partial = EIGHTHS[eighths % 8];
        return "█".repeat(eighths / 8) + partial + " ".repeat(width - eighths / 8 - partial.length());
    }

    /** A dot between two facts. */
    String dot() {
        return unicode ? " · " : " - ";
    }

    String rule(int width) {
        return (unicode ? "─" : "-").repeat(width);
    }

    String tick() {
        return unicode ? "✓" : "ok";
    }

    String cross() {
        return unicode ? "✗" : "!!";
    }

    private String paint(String code, String text) {
        return colour ? code + text + RESET : text;
    }
}
