package io.github.smsdispatch.examples.carrier;

import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.CarrierStatistics;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts a carrier simulator and tells what it does until it is stopped. */
public final class CarrierProgram {
    static final int OK = 0;
    /** It broke off. */
    static final int FAILED = 1;
    /** It never began. */
    static final int UNUSABLE = 2;

    private static final int SECONDS_BETWEEN_LINES = 5;
    private static final int SECONDS_TO_END = 20;

    private CarrierProgram() {}

    /** Exit status 2: something was wrong before the start; 1: it broke off; 0: stopped by a signal. */
    public static void main(String[] arguments) throws InterruptedException {
        var stop = new CountDownLatch(1);
        var status = new CompletableFuture<Integer>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            // A signal would end the JVM with 130 or 143, but to be stopped is how this program ends well.
            Runtime.getRuntime()
                    .halt(status.completeOnTimeout(FAILED, SECONDS_TO_END, TimeUnit.SECONDS)
                            .join());
        }));
        status.complete(run(List.of(arguments), System.out, System.err, stop));
        System.exit(status.join());
    }

    /** Runs until told to stop. */
    static int run(List<String> arguments, PrintStream out, PrintStream err, CountDownLatch stop)
            throws InterruptedException {
        var problems = new ArrayList<ConfigurationProblem>();
        Options options = OptionParser.parse(arguments, problems);
        if (options.help()) {
            out.println(help());
            return OK;
        }
        if (!problems.isEmpty()) {
            return tell(problems, err);
        }
        CarrierSimulator carrier;
        try {
            carrier = start(options);
        } catch (IllegalArgumentException e) {
            // All else was checked before.
            return tell(List.of(OptionParser.badCallback("must be an address on this machine")), err);
        } catch (IllegalStateException | UncheckedIOException e) {
            // A port or a ledger that is in use: the message is for the user.
            err.println("Cannot start: " + e.getMessage());
            return UNUSABLE;
        }
        try (carrier) {
            serve(carrier, options, out, stop);
            return OK;
        } catch (RuntimeException e) {
            err.println("carrier: broke off: " + e.getMessage());
            return FAILED;
        }
    }

    private static int tell(List<ConfigurationProblem> problems, PrintStream err) {
        err.println(
                "Cannot start, because of " + problems.size() + (problems.size() == 1 ? " problem." : " problems."));
        problems.forEach(problem -> {
            err.println("  " + problem.setting() + ": " + problem.problem());
            err.println("      " + problem.remedy());
        });
        return UNUSABLE;
    }

    private static void serve(CarrierSimulator carrier, Options options, PrintStream out, CountDownLatch stop)
            throws InterruptedException {
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
    }

    static String help() {
        try (InputStream text = Objects.requireNonNull(CarrierProgram.class.getResourceAsStream("help.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
