package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Numbers and times as the screen shows them. */
final class Words {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int STATE_WIDTH = 14;

    private Words() {}

    /** {@code 3,312}. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 message}, {@code 3,312 messages}. */
    static String count(long value, String noun) {
        return number(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** {@code 2026-11-22 00:00 UTC}. */
    static String minute(Instant time) {
        return MINUTE.format(time) + " UTC";
    }

    /** {@code 2026-11-22 00:00:07 UTC}. */
    static String second(Instant time) {
        return SECOND.format(time) + " UTC";
    }

    /** {@code 7 s}, {@code 2 min 05 s}. */
    static String elapsed(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 60 ? seconds + " s" : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }

    /** Short where it lies below the current folder. */
    static String path(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path there = path.toAbsolutePath().normalize();
        return there.startsWith(here) && !there.equals(here)
                ? here.relativize(there).toString()
                : there.toString();
    }

    /** In lines of at most so many characters, broken at spaces; the second and later ones are indented. */
    static List<String> wrap(String text, int columns) {
        var lines = new ArrayList<String>();
        String rest = text;
        while (rest.length() > columns) {
            int space = rest.lastIndexOf(' ', columns);
            int end = space > columns / 2 ? space : columns;
            lines.add(rest.substring(0, end));
            rest = "  " + rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** How wide a column must be for the names of states and of these accounts. */
    static int nameWidth(Collection<ProviderAccount> accounts) {
        return accounts.stream()
                .mapToInt(account -> account.toString().length() + 2)
                .reduce(STATE_WIDTH, Math::max);
    }

    /** {@code in doubt}. */
    static String state(MessageState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
