package io.github.smsdispatch.benchmarks;

import io.github.smsdispatch.benchmarks.micro.MicroBenchmark;
import io.github.smsdispatch.benchmarks.store.StoreBenchmark;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** {@code benchmarks/run NAME [OPTIONS]}. */
public final class Benchmarks {
    /** One measurement with a name. */
    @FunctionalInterface
    private interface Benchmark {
        /** @throws IllegalArgumentException if it has no such options */
        Measurement with(String... options);
    }

    /** A measurement that knows how to measure. */
    @FunctionalInterface
    private interface Measurement {
        void run() throws Exception;
    }

    private static final Map<String, Benchmark> ALL = new TreeMap<>(Map.of(
            "micro", options -> new MicroBenchmark(options)::run,
            "providers",
                    options -> {
                        Options parsed = Options.of(options);
                        return () -> ProvidersBenchmark.run(parsed);
                    },
            "store", options -> new StoreBenchmark(options)::run,
            "webhooks",
                    options -> {
                        Options parsed = Options.of(options);
                        return () -> WebhooksBenchmark.run(parsed);
                    }));

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        Benchmark benchmark = args.length == 0 ? null : ALL.get(args[0]);
        if (benchmark == null) {
            System.err.println("usage: benchmarks/run micro [--rounds N] [--seconds N] [--only NAME] [--json FILE]\n"
                    + "       benchmarks/run providers|webhooks [--rounds N] [--seconds N] [--threads N]"
                    + " [--only PROVIDER] [--json FILE]\n"
                    + "       benchmarks/run store [--only WHAT,...] [--among WORD] [--messages N] [--rounds N] [--batch N]"
                    + " [--finished N] [--json FILE]");
            System.exit(2);
            return;
        }
        Measurement measurement;
        try {
            measurement = benchmark.with(Arrays.copyOfRange(args, 1, args.length));
        } catch (IllegalArgumentException e) {
            System.err.println("benchmarks: " + e.getMessage());
            System.exit(2);
            return;
        }
        measurement.run();
    }
}
