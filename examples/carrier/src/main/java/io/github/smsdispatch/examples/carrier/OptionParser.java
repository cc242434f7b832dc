package io.github.smsdispatch.examples.carrier;

import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the command line, as the quickstart's parser does. What cannot be used is a problem and not the end, so that the
 * user sees all at once.
 */
final class OptionParser {
    private static final int LAST_PORT = 65_535;

    private final List<ConfigurationProblem> problems;
    private final Map<String, Consumer<String>> withValue = Map.of(
            "--callback", value -> callback = callback(value),
            "--faults", this::faults,
            "--ledger", value -> ledger = ledger(value),
            "--port", value -> port = (int) number("--port", value, 0, LAST_PORT),
            "--seed", value -> seed = number("--seed", value, Long.MIN_VALUE, Long.MAX_VALUE));
    private final Map<String, Runnable> flags = flags();

    private boolean help;
    private int port;
    private long seed = 1;
    private final Set<Provider> providers = EnumSet.noneOf(Provider.class);
    private FaultScript faults = FaultScript.none();
    private @Nullable Path ledger;
    private @Nullable URI callback;

    private OptionParser(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    /** Reads the arguments; what is wrong with them is added to {@code problems}. */
    static Options parse(List<String> arguments, List<ConfigurationProblem> problems) {
        var parser = new OptionParser(problems);
        parser.read(arguments);
        return parser.options();
    }

    private Map<String, Runnable> flags() {
        var map = new HashMap<String, Runnable>();
        map.put("--help", () -> help = true);
        map.put("-h", () -> help = true);
        for (Provider provider : Provider.values()) {
            map.put(provider.option(), () -> providers.add(provider));
        }
        return map;
    }

    private void read(List<String> arguments) {
        var rest = new ArrayList<>(arguments);
        var given = new HashSet<String>();
        while (!rest.isEmpty()) {
            String argument = rest.remove(0);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? null : argument.substring(equals + 1);
            boolean takesValue = withValue.containsKey(name);
            if (takesValue && value == null && !rest.isEmpty() && !rest.get(0).startsWith("--")) {
                value = rest.remove(0);
            }
            if (!takesValue && !flags.containsKey(name)) {
                problem(name, "is no option of this program", "see --help for those there are");
            } else if (!given.add(name)) {
                problem(name, "is given twice", "give it once");
            } else if (takesValue && (value == null || value.isBlank())) {
                problem(name, "has no value", "give one: " + name + " VALUE");
            } else if (!takesValue && value != null) {
                problem(name, "takes no value", "give it alone: " + name);
            } else if (value != null) {
                withValue.getOrDefault(name, ignored -> {}).accept(value);
            } else {
                flags.getOrDefault(name, () -> {}).run();
            }
        }
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

    private void faults(String script) {
        try {
            faults = FaultScript.of(script);
        } catch (IllegalArgumentException e) {
            problem(
                    "--faults",
                    String.valueOf(e.getMessage()),
                    "write it as in --faults throttle=5%,latency=20ms..80ms");
        }
    }

    private @Nullable Path ledger(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            problem("--ledger", "is no path on this system", "give another one");
            return null;
        }
    }

    private @Nullable URI callback(String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            problems.add(badCallback("is no URL"));
            return null;
        }
    }

    static ConfigurationProblem badCallback(String problem) {
        return new ConfigurationProblem("--callback", problem, "write it as http://127.0.0.1:8080/receipts");
    }

    private long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        boolean any = least == Long.MIN_VALUE;
        problem(name, "must be a whole number" + (any ? "" : " from " + least + " to " + most), "correct it");
        return 0;
    }

    private void problem(String setting, String problem, String remedy) {
        problems.add(new ConfigurationProblem(setting, problem, remedy));
    }
}
