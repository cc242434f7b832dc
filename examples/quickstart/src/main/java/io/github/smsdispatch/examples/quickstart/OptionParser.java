package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationProblem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the command line. What cannot be used is a problem and not the end, so that the user sees all at once. */
final class OptionParser {
    private static final int MOST_SEGMENTS = 255;

    private final List<ConfigurationProblem> problems;
    private final Map<String, Consumer<String>> withValue = Map.of(
            "--csv", value -> csv = path("--csv", value),
            "--data", value -> data = path("--data", value),
            "--jdbc-url", value -> jdbcUrl = jdbcUrl(value),
            "--jdbc-user", value -> jdbcUser = value,
            "--max-segments", value -> maxSegments = (int) number("--max-segments", value, 1, MOST_SEGMENTS),
            "--providers", this::providers,
            "--report", value -> report = reportPath(value),
            "--seed", value -> seed = number("--seed", value, Long.MIN_VALUE, Long.MAX_VALUE),
            "--time-zone", this::zone);
    private final Map<String, Runnable> flags =
            Map.of("--help", () -> help = true, "-h", () -> help = true, "--live", () -> live = true);

    private boolean help;
    private boolean live;
    private @Nullable Path csv;
    private @Nullable Path data;
    private @Nullable String jdbcUrl;
    private @Nullable String jdbcUser;
    private @Nullable Path report;
    private List<ProviderAccount> accounts = List.of(ProviderAccount.of("twilio"), ProviderAccount.of("vonage"));
    private int maxSegments = 6;
    private long seed = 1;
    private ZoneId zone = ZoneId.of("UTC");

    private OptionParser(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    /**
     * Reads the arguments; what is wrong with them is added to {@code problems}.
     *
     * @param home the folder of the example, where file and data are by default
     */
    static Options parse(
            List<String> arguments, Map<String, String> environment, Path home, List<ConfigurationProblem> problems) {
        var parser = new OptionParser(problems);
        parser.read(arguments);
        return parser.options(home, environment);
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
                unknown(name);
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

    private void unknown(String name) {
        problem(
                name,
                "is no option of this program",
                name.startsWith("-") ? "see --help for those there are" : "name the campaign with --csv FILE");
    }

    private Options options(Path home, Map<String, String> environment) {
        if (live && csv == null) {
            problem(
                    "--live",
                    "does not send the file that comes along, which is made up",
                    "name a file of your own: --csv FILE");
        }
        if (jdbcUser != null && jdbcUrl == null) {
            problem("--jdbc-user", "is of no use without --jdbc-url", "give the URL of the database too");
        }
        return new Options(
                help,
                csv == null ? home.resolve("campaigns.csv") : csv,
                csv != null,
                accounts,
                data == null ? home.resolve("data") : data,
                jdbcUrl,
                jdbcUser,
                environment.get("SMS_JDBC_PASSWORD"),
                maxSegments,
                report,
                seed,
                zone,
                live);
    }

    private void providers(String value) {
        Set<ProviderAccount> named = new LinkedHashSet<>();
        for (String name : value.split(",", -1)) {
            try {
                if (!named.add(ProviderAccount.parse(name.strip()))) {
                    problem("--providers", "names " + name.strip() + " twice", "name it once");
                }
            } catch (IllegalArgumentException e) {
                problem("--providers", String.valueOf(e.getMessage()), "write it as in --providers twilio,vonage");
            }
        }
        if (!named.isEmpty()) {
            accounts = List.copyOf(named);
        }
    }

    private @Nullable String jdbcUrl(String value) {
        if (value.startsWith("jdbc:")) {
            return value;
        }
        problem("--jdbc-url", "is no JDBC URL", "write it as jdbc:mariadb://HOST:3306/DATABASE");
        return null;
    }

    private @Nullable Path path(String name, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            problem(name, "is no path on this system", "give another one");
            return null;
        }
    }

    private @Nullable Path reportPath(String value) {
        Path path = path("--report", value);
        Path folder = path == null ? null : path.toAbsolutePath().getParent();
        if (path != null && (folder == null || !Files.isDirectory(folder) || Files.isDirectory(path))) {
            problem("--report", "must be a file in a folder that exists", "make the folder, or name another file");
        }
        return path;
    }

    private void zone(String value) {
        try {
            zone = ZoneId.of(value);
        } catch (DateTimeException e) {
            problem("--time-zone", "is not known", "give a name such as Africa/Nairobi, or an offset such as +03:00");
        }
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
        return least;
    }

    private void problem(String setting, String problem, String remedy) {
        problems.add(new ConfigurationProblem(setting, problem, remedy));
    }
}
