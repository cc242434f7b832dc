package io.github.smsdispatch.examples.carrier;

import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.CarrierStatistics;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts a carrier simulator and tells what it does until it is stopped. */
public final class CarrierProgram {
    private static final int SECONDS_BETWEEN_LINES = 5;
    private static final int SECONDS_TO_END = 20;

    private CarrierProgram() {}

    /** Exit status 2: the command line cannot be understood; 1: the carrier cannot start; 0: stopped by a signal. */
    public static void main(String[] arguments) throws InterruptedException {
        var stop = new CountDownLatch(1);
        var status = new CompletableFuture<Integer>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            // A signal would end the JVM with 130 or 143, but to be stopped is how this program ends well.
            Runtime.getRuntime()
                    .halt(status.completeOnTimeout(1, SECONDS_TO_END, TimeUnit.SECONDS)
                            .join());
        }));
        status.complete(run(List.of(arguments), System.out, System.err, stop));
        System.exit(status.join());
    }

    /** Runs until told to stop. */
    static int run(List<String> arguments, PrintStream out, PrintStream err, CountDownLatch stop)
            throws InterruptedException {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println("carrier: " + e.getMessage());
            return 2;
        }
        if (options.help()) {
            out.print(Options.HELP);
            return 0;
        }
        try (CarrierSimulator carrier = start(options)) {
            out.println(greeting(carrier, options));
            CarrierStatistics last = carrier.statistics();
            while (!stop.await(SECONDS_BETWEEN_LINES, TimeUnit.SECONDS)) {
                CarrierStatistics now = carrier.statistics();
                if (!now.equals(last)) {
                    out.println("carrier: " + now);
                }
                last = now;
            }
            out.println("carrier: stopped; " + carrier.statistics() + "; ledger holds "
                    + carrier.ledger().size() + " messages, accepted more than once: "
                    + carrier.ledger().acceptedMoreThanOnce().size());
            return 0;
        } catch (RuntimeException e) {
            err.println("carrier: " + e.getMessage());
            return e instanceof IllegalArgumentException ? 2 : 1;
        }
    }

    private static CarrierSimulator start(Options options) {
        CarrierSimulator.Builder builder = CarrierSimulator.builder()
                .port(options.port())
                .seed(options.seed())
                .faults(options.faults());
        options.providers().forEach(provider -> provider.playedBy(builder));
        if (options.ledger() != null) {
            builder.ledgerFile(options.ledger());
        }
        if (options.callback() != null) {
            builder.receiptUrl(options.callback());
        }
        return builder.start();
    }

    private static String greeting(CarrierSimulator carrier, Options options) {
        var line = new StringBuilder("carrier: ready at ").append(carrier.baseUrl());
        for (Provider provider : options.providers()) {
            line.append(" | ").append(provider.key()).append(' ').append(provider.credentials());
        }
        return line.toString();
    }
}
