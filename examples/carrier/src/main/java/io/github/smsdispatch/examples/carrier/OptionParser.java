package io.github.smsdispatch.examples.carrier;

import io.github.smsdispatch.examples.options.CommandLine;
import io.github.smsdispatch.examples.options.Kind;
import io.github.smsdispatch.examples.options.UnusableValueException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the command line. */
final class OptionParser {
    private static final int LAST_PORT = 65_535;
    private static final String CALLBACK_REMEDY = "write it as http://127.0.0.1:8080/receipts";

    private final CommandLine line;

    private boolean help;
    private int port;
    private long seed = 1;
    private final Set<Provider> providers = EnumSet.noneOf(Provider.class);
    private FaultScript faults = FaultScript.none();
    private @Nullable Path ledger;
    private @Nullable URI callback;

    private OptionParser(List<ConfigurationProblem> problems) {
        line = new CommandLine(problems)
                .flag("--help", () -> help = true)
                .flag("-h", () -> help = true)
                .option("--callback", OptionParser::callback, value -> callback = value)
                .option("--faults", OptionParser::faults, value -> faults = value)
                .option("--ledger", Kind.path(), value -> ledger = value)
                .option("--port", Kind.number(0, LAST_PORT), value -> port = value)
                .option("--seed", Kind.anyNumber(), value -> seed = value);
        for (Provider provider : Provider.values()) {
            line.flag(provider.option(), () -> providers.add(provider));
        }
    }

    /** Reads the arguments; what is wrong with them is added to {@code problems}. */
    static Options parse(List<String> arguments, List<ConfigurationProblem> problems) {
        var parser = new OptionParser(problems);
        parser.line.read(arguments);
        return parser.options();
    }

    private Options options() {
        return new Options(
                help,
                port,
                seed,
                providers.isEmpty() ? EnumSet.allOf(Provider.class) : providers,
                faults,
                ledger,
                callback);
    }

    private static FaultScript faults(String script) throws UnusableValueException {
        try {
            return FaultScript.of(script);
        } catch (IllegalArgumentException e) {
            throw new UnusableValueException(
                    String.valueOf(e.getMessage()), "write it as in --faults throttle=5%,latency=20ms..80ms");
        }
    }

    private static URI callback(String value) throws UnusableValueException {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new UnusableValueException("is no URL", CALLBACK_REMEDY);
        }
    }

    static ConfigurationProblem badCallback(String problem) {
        return new ConfigurationProblem("--callback", problem, CALLBACK_REMEDY);
    }
}
