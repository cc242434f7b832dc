package io.github.smsdispatch.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code benchmarks/run micro}: JMH over the benchmarks of this package. */
public final class MicroBenchmark {
    private int rounds = 5;
    private int seconds = 1;
    private String only = "";
    private @Nullable String json;

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException if an option is not known, lacks its value, or the value is no number
     */
    public MicroBenchmark(String... options) {
        for (int i = 0; i < options.length; i += 2) {
            if (i + 1 == options.length) {
                throw new IllegalArgumentException(options[i] + " needs a value");
            }
            String value = options[i + 1];
            switch (options[i]) {
                case "--rounds" -> rounds = number(options[i], value);
                case "--seconds" -> seconds = number(options[i], value);
                case "--only" -> only = value;
                case "--json" -> json = value;
                default -> throw new IllegalArgumentException("no such option as " + options[i]);
            }
        }
    }

    /** Measures in a process of its own, and prints. */
    public void run() throws RunnerException {
        var settings = new OptionsBuilder()
                .include(MicroBenchmark.class.getPackageName() + ".*" + only)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(rounds)
                .measurementTime(TimeValue.seconds(seconds))
                .timeUnit(TimeUnit.NANOSECONDS);
        if (json != null) {
            settings.resultFormat(ResultFormatType.JSON).result(json);
        }
        new Runner(settings.build()).run();
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(option + " must be a number from 1, but is " + value);
        }
        return Integer.parseInt(value);
    }
}
