package io.github.smsdispatch.benchmarks.store;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to measure, and how.
 *
 * @param only the scenarios to run
 * @param among what the name of a contestant must contain to take part; empty: all take part
 * @param messages how many messages a turn takes; those who go one by one get a twentieth
 * @param rounds how often each contestant has its turn; the median counts
 * @param batch how many messages the provider takes in one call
 * @param finished how many finished messages lie in the tables for the scenario {@code growth}; 0: it is left out
 * @param json where to write the results as JSON too; null: nowhere
 */
record StoreOptions(
        Set<String> only, String among, int messages, int rounds, int batch, int finished, @Nullable Path json) {
    /** Those that take part in a comparison of rates, by the contestants that are not ours. */
    private static final int SLOWER = 20;

    /** How many messages those get who go one by one. */
    int messagesOneByOne() {
        return Math.max(1000, messages / SLOWER);
    }

    /** @throws IllegalArgumentException if an option is not known, lacks its value, or the value is none for it */
    static StoreOptions of(Set<String> scenarios, String... args) {
        Set<String> only = scenarios;
        String among = "";
        int messages = 100_000;
        int rounds = 3;
        int batch = 100;
        int finished = 0;
        Path json = null;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--only" -> only = chosen(scenarios, value);
                case "--among" -> among = value;
                case "--messages" -> messages = number(args[i], value);
                case "--rounds" -> rounds = number(args[i], value);
                case "--batch" -> batch = number(args[i], value);
                case "--finished" -> finished = number(args[i], value);
                case "--json" -> json = Path.of(value);
                default -> throw new IllegalArgumentException("no such option as " + args[i]);
            }
        }
        return new StoreOptions(only, among, messages, rounds, batch, finished, json);
    }

    private static Set<String> chosen(Set<String> scenarios, String value) {
        var chosen = new LinkedHashSet<>(List.of(value.split(",", -1)));
        if (!scenarios.containsAll(chosen)) {
            throw new IllegalArgumentException("--only takes " + String.join(",", scenarios) + ", not " + value);
        }
        return chosen;
    }

    private static int number(String option, String value) {
        if (!value.matches("[0-9]{1,8}")) {
            throw new IllegalArgumentException(option + " must be a number, but is " + value);
        }
        return Integer.parseInt(value);
    }
}
