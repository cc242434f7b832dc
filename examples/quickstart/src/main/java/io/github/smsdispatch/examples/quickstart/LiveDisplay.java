package io.github.smsdispatch.examples.quickstart;

import java.io.PrintStream;
import java.util.List;

/** A picture that is drawn over in place; lines that stay go above it. */
final class LiveDisplay implements Display {
    private static final String CLEAR_TO_END = "\u001b[J";
    private static final String CLEAR_LINE = "\u001b[K";

    private final PrintStream out;
    private final Picture picture;
    private List<String> drawn = List.of();

    LiveDisplay(PrintStream out, Terminal terminal) {
        this.out = out;
        this.picture = new Picture(terminal);
    }

    @Override
    public void say(String line) {
        out.print(back() + CLEAR_TO_END + line + "\n" + text(drawn));
        out.flush();
    }

    @Override
    public void show(Progress progress) {
        List<String> lines = picture.of(progress);
        // One write: a picture in pieces flickers.
        out.print(back() + text(lines) + CLEAR_TO_END);
        out.flush();
        drawn = lines;
    }

    @Override
    public void finish() {
        out.print(back() + CLEAR_TO_END);
        out.flush();
        drawn = List.of();
    }

    private String back() {
        return drawn.isEmpty() ? "" : "\u001b[" + drawn.size() + "A\r";
    }

    private static String text(List<String> lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
        return text.toString();
    }
}
