package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.MessageState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The progress as lines: a bar for each state, one for each account, one line of numbers. A state that was seen once
 * keeps its line, so that nothing jumps about.
 */
final class Picture {
    private static final int WIDEST_NAME = 24;
    private static final int NUMBER = 9;

    private final Ink ink;
    private final int width;
    private final Set<MessageState> seen = EnumSet.of(MessageState.QUEUED, MessageState.SENT, MessageState.DELIVERED);

    Picture(Terminal terminal) {
        this.ink = new Ink(terminal);
        this.width = terminal.columns();
    }

    List<String> of(Progress progress) {
        var lines = new ArrayList<String>();
        lines.add("");
        Map<MessageState, Long> byState = progress.byState();
        seen.addAll(byState.keySet());
        long most = Math.max(1, progress.messages());
        int name = Math.min(
                WIDEST_NAME,
                Words.nameWidth(progress.carriers().stream()
                        .map(Progress.Carrier::account)
                        .toList()));
        int bar = width - name - NUMBER - 4;
        for (MessageState state : seen) {
            long count = byState.getOrDefault(state, 0L);
            lines.add("  " + padded(Words.state(state), name)
                    + ink.of(state, ink.bar((double) count / most, bar))
                    + ink.of(state, String.format("%" + NUMBER + "s", Words.number(count))));
        }
        lines.add("");
        progress.carriers()
                .forEach(carrier -> lines.add(line(carrier, name, progress.messages(carrier.account()), most)));
        lines.add("");
        lines.add(numbers(progress));
        return lines;
    }

    private String line(Progress.Carrier carrier, int name, long messages, long most) {
        int bar = width / 4;
        int room = width - name - NUMBER - bar - 6;
        String doing = carrier.doing().length() > room ? carrier.doing().substring(0, room) : carrier.doing();
        return "  " + padded(carrier.account().toString(), name)
                + ink.bar((double) messages / most, bar)
                + String.format("%" + NUMBER + "s", Words.number(messages)) + "  " + mood(carrier.mood(), doing);
    }

    private String mood(Progress.Mood mood, String text) {
        return switch (mood) {
            case WELL -> ink.good(text);
            case STRAINED -> ink.warning(text);
            case DOWN -> ink.bad(text);
        };
    }

    private String numbers(Progress progress) {
        long all = Math.max(1, progress.messages());
        return "  "
                + ink.bold(100 * progress.finished() / all + "% final")
                + ink.faint(ink.dot()
                        + Math.round(progress.perSecond()) + "/s" + ink.dot()
                        + Words.count(progress.segments(), "segment") + ink.dot()
                        + Words.elapsed(progress.elapsed()) + ink.dot()
                        + Words.second(progress.clock()));
    }

    private static String padded(String text, int columns) {
        return text.length() >= columns
                ? text.substring(0, columns - 1) + " "
                : text + " ".repeat(columns - text.length());
    }
}
