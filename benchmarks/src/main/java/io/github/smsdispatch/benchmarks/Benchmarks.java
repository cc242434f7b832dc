package io.github.smsdispatch.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** {@code benchmarks/run NAME [OPTIONS]}. */
public final class Benchmarks {
    /** One measurement with a name. */
    private interface Benchmark {
        void run(Options options) throws Exception;
    }

    private static final Map<String, Benchmark> ALL =
            new TreeMap<>(Map.of("providers", ProvidersBenchmark::run, "webhooks", WebhooksBenchmark::run));

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        Benchmark benchmark = args.length == 0 ? null : ALL.get(args[0]);
        if (benchmark == null) {
            System.err.println("usage: benchmarks/run " + String.join("|", ALL.keySet())
                    + " [--rounds N] [--seconds N] [--threads N] [--only PROVIDER] [--json FILE]");
            System.exit(2);
            return;
        }
        Options options;
        try {
            options = Options.of(Arrays.copyOfRange(args, 1, args.length));
        } catch (IllegalArgumentException e) {
            System.err.println("benchmarks: " + e.getMessage());
            System.exit(2);
            return;
        }
        benchmark.run(options);
    }
}
