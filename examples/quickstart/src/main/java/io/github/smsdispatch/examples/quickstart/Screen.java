package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.LedgerComparison;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the user reads, from the first line to the last. */
final class Screen {
    /** More row errors than this are only counted; the report has them. */
    private static final int ROW_ERRORS_SHOWN = 20;

    private static final String INDENT = " ".repeat(9);

    private final Display display;
    private final int columns;
    private final Ink ink;
    private final Options options;

    Screen(PrintStream out, Terminal terminal, Options options) {
        this.display = Display.on(out, terminal);
        this.ink = new Ink(terminal);
        this.columns = terminal.columns();
        this.options = options;
    }

    void say(String line) {
        display.say(line);
    }

    /** Something that happened on the way; null: nothing did. */
    void say(Progress progress, @Nullable String words) {
        if (words != null) {
            display.say("  " + ink.faint(String.format("%5s", Words.elapsed(progress.elapsed()))) + "  " + words);
        }
    }

    void show(Progress progress) {
        display.show(progress);
    }

    /** What is about to happen. */
    void opening(Setup setup) {
        say(ink.bold("SMS Dispatch quickstart"));
        say("  file       " + Words.path(options.csv()) + ink.dot() + Words.count(setup.rows(), "row") + ink.dot()
                + "times without an offset are " + options.zone());
        say("  database   " + Database.describe(options));
        String accounts = options.accounts().stream().map(Object::toString).collect(Collectors.joining(", "));
        if (options.live()) {
            say("  providers  " + accounts);
            say(ink.bad("  LIVE: these are real texts to real people, and they cost money. Ctrl-C stops; the next start"
                    + " goes on."));
        } else {
            say("  providers  " + accounts + " (simulated on this machine)");
        }
        Progress before = new Progress(
                setup.store().counts(),
                List.of(),
                0,
                Duration.ZERO,
                setup.clock().instant());
        if (before.messages() > 0) {
            say("  before     " + Words.count(before.messages(), "message") + " in the database, "
                    + Words.number(before.messages() - before.finished()) + " of them not final yet");
        }
        if (setup.clock().isAhead()) {
            say("  clock      simulated; goes on from "
                    + Words.minute(setup.clock().instant()));
        }
        say("");
    }

    /** What became of the file. */
    void loaded(Progress progress, Loading.Result loaded) {
        say(
                progress,
                "Loaded " + Words.count(loaded.added(), "new message")
                        + (loaded.duplicates() == 0
                                ? ""
                                : ", " + Words.number(loaded.duplicates())
                                        + " known already (same row, same recipient)")
                        + (loaded.errorCount() == 0
                                ? "."
                                : ", " + Words.count(loaded.errorCount(), "row error") + ":"));
        loaded.errors().stream().limit(ROW_ERRORS_SHOWN).forEach(error -> Words.wrap(
                        error.toString(), columns - INDENT.length())
                .forEach(line -> say(INDENT + ink.warning(line))));
        if (loaded.errorCount() > ROW_ERRORS_SHOWN) {
            say(INDENT + "and " + Words.number(loaded.errorCount() - ROW_ERRORS_SHOWN) + " more"
                    + (options.report() == null ? "; --report FILE.json lists them" : ": see the report"));
        }
    }

    /** Takes the picture off the screen: what follows is the result. */
    void ended() {
        display.finish();
    }

    /** The end. */
    void closing(
            Progress end,
            Map<ProviderAccount, CarrierSimulator> carriers,
            @Nullable LedgerComparison ledgers,
            Duration elapsed) {
        var summary = new Summary(ink, options.accounts());
        say("");
        summary.table(end).forEach(this::say);
        if (ledgers != null) {
            say("");
            say("What the carriers did in this run:");
            summary.troubles(carriers).forEach(this::say);
            say("");
            summary.verdict(ledgers).forEach(this::say);
        }
        say("");
        say(conclusion(end, elapsed));
    }

    private String conclusion(Progress end, Duration elapsed) {
        String time = " in " + Words.elapsed(elapsed) + ".";
        if (end.underway() > 0) {
            return ink.bad(Words.count(end.underway(), "message") + " not final" + time);
        }
        long later = end.messages(MessageState.SCHEDULED);
        if (later > 0) {
            return "Everything due is final" + time + " " + Words.count(later, "message")
                    + " due later: start again then.";
        }
        return ink.bold("All " + Words.count(end.messages(), "message") + " final" + time);
    }
}
