package io.github.smsdispatch.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param rounds how often each contestant has its turn; the median counts. Nine will do on a machine with nothing else to
 *     do, fifteen or more elsewhere
 * @param turn how long one turn takes
 * @param threads how many threads call at once
 * @param only the one provider to measure; null: all
 * @param json where to write the results as JSON too; null: nowhere
 */
record Options(int rounds, Duration turn, int threads, @Nullable String only, @Nullable Path json) {
    /** @throws IllegalArgumentException if an option is not known, lacks its value, or the value is no number */
    static Options of(String[] args) {
        int rounds = 9;
        int seconds = 1;
        int threads = 4;
        String only = null;
        Path json = null;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--rounds" -> rounds = number(args[i], value);
                case "--seconds" -> seconds = number(args[i], value);
                case "--threads" -> threads = number(args[i], value);
                case "--only" -> only = value;
                case "--json" -> json = Path.of(value);
                default -> throw new IllegalArgumentException("no such option as " + args[i]);
            }
        }
        return new Options(rounds, Duration.ofSeconds(seconds), threads, only, json);
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(option + " must be a number from 1, but is " + value);
        }
        return Integer.parseInt(value);
    }
}
