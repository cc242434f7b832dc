package io.github.smsdispatch.examples.carrier;

import io.github.smsdispatch.testkit.carrier.FaultScript;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param port 0: any free one
 * @param providers at least one, in the order of their declaration
 * @param ledger null: in memory only
 * @param callback null: only where a submission names an address
 */
record Options(
        boolean help,
        int port,
        long seed,
        Set<Provider> providers,
        FaultScript faults,
        @Nullable Path ledger,
        @Nullable URI callback) {

    static final String HELP =
            """
            Plays %s on 127.0.0.1: accepts messages, posts signed receipts, fails on demand.

              run [--port N] [--seed N] %s [--faults SCRIPT] [--ledger FILE] [--callback URL]

              --port N         the port; 0, the default, takes a free one and prints it
              --seed N         what chance begins with; the same seed draws the same fates; 1 by default
            %s              --faults SCRIPT  what goes wrong, for example
                                 latency=20ms..80ms,throttle=5%%,http503=3%%,lose-answer=2%%,dark=200..260
                               submissions:  throttle http429 http503 error-after-accept lose-answer
                                             drop-request stall garbage part-refused  (shares, such as 5%%)
                               receipts:     lose-receipt early-receipt repeat-receipt reorder-receipt
                               messages:     undelivered=4%% no-final=1%% delivery=100ms..2s
                               look-ups:     lookup503=5%% listing-lag=2s
                               connections:  refuse=1%%/300ms dark=10s..15s dark=200..260
              --ledger FILE    keep what was accepted in FILE and begin with what is in it
              --callback URL   where receipts go when a message names no address; on this machine
            """
                    .formatted(
                            each(Provider::title, " and "),
                            each(provider -> "[" + provider.option() + "]", " "),
                            each(Options::line, ""));

    /** @throws IllegalArgumentException if it cannot be understood; the message is for the user */
    static Options parse(List<String> arguments) {
        boolean help = false;
        int port = 0;
        long seed = 1;
        Set<Provider> providers = EnumSet.noneOf(Provider.class);
        FaultScript faults = FaultScript.none();
        Path ledger = null;
        URI callback = null;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--port" -> port = (int) number(option, value(option, rest), 65_535);
                case "--seed" -> seed = number(option, value(option, rest), Long.MAX_VALUE);
                case "--faults" -> faults = FaultScript.of(value(option, rest));
                case "--ledger" -> ledger = Path.of(value(option, rest));
                case "--callback" -> callback = URI.create(value(option, rest));
                default -> providers.add(provider(option));
            }
        }
        if (providers.isEmpty()) {
            providers.addAll(EnumSet.allOf(Provider.class));
        }
        return new Options(help, port, seed, providers, faults, ledger, callback);
    }

    private static Provider provider(String option) {
        for (Provider provider : Provider.values()) {
            if (provider.option().equals(option)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("unknown option '" + option + "'; --help lists them");
    }

    private static String each(Function<Provider, String> part, String between) {
        return Arrays.stream(Provider.values()).map(part).collect(Collectors.joining(between));
    }

    private static String line(Provider provider) {
        return "  %-16s play %s; without such an option, all are played\n"
                .formatted(provider.option(), provider.title());
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value; --help tells which");
        }
        return rest.next();
    }

    private static long number(String option, String text, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw new IllegalArgumentException(option + " must be a number from 0 to " + max + ", but is '" + text + "'");
    }
}
