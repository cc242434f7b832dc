package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.MessageState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** A line every two seconds, for logs and pipes. */
final class PlainDisplay implements Display {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final PrintStream out;
    private final Ink ink;
    private Duration next = PAUSE;

    PlainDisplay(PrintStream out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void show(Progress progress) {
        if (progress.elapsed().compareTo(next) >= 0) {
            next = progress.elapsed().plus(PAUSE);
            say(line(progress));
        }
    }

    private String line(Progress progress) {
        var parts = new ArrayList<String>();
        parts.add(String.format("  %4s", Words.elapsed(progress.elapsed())));
        for (MessageState state : MessageState.values()) {
            if (progress.messages(state) > 0) {
                parts.add(Words.state(state) + " " + Words.number(progress.messages(state)));
            }
        }
        parts.add(Math.round(progress.perSecond()) + "/s");
        String carriers = progress.carriers().stream()
                .map(carrier -> carrier.account() + " " + carrier.doing())
                .collect(Collectors.joining(ink.dot()));
        return String.join(ink.dot(), parts) + " | " + carriers;
    }

    @Override
    public void finish() {}
}
