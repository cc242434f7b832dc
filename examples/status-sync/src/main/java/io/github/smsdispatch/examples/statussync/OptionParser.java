package io.github.smsdispatch.examples.statussync;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.tracking.TrackingMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the command line. What cannot be used is a problem and not the end, so that the user sees all at once. */
final class OptionParser {
    /** Of any time that can be set. */
    static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern SHORT_TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final List<ConfigurationProblem> problems;
    private final Map<String, Consumer<String>> withValue = Map.ofEntries(
            Map.entry("--jdbc-url", this::jdbcUrl),
            Map.entry("--jdbc-user", value -> jdbcUser = value),
            Map.entry("--table", value -> table = value),
            Map.entry("--id-column", value -> idColumn = value),
            Map.entry("--provider", this::provider),
            Map.entry("--mode", this::mode),
            Map.entry("--batch", value -> batch = number("--batch", value, 1, 10_000)),
            Map.entry("--parallel", value -> parallel = number("--parallel", value, 1, 10_000)),
            Map.entry("--rate", value -> rate = number("--rate", value, 1, 1_000_000)),
            Map.entry("--interval", value -> interval = time("--interval", value)),
            Map.entry("--give-up-after", value -> giveUpAfter = number("--give-up-after", value, 1, 1_000)),
            Map.entry("--unconfirmed-after", value -> unconfirmedAfter = time("--unconfirmed-after", value)),
            Map.entry("--since", this::since),
            Map.entry("--ids", value -> ids = number("--ids", value, 1, 1_000_000)),
            Map.entry("--data", value -> data = path("--data", value)),
            Map.entry("--report", this::report));
    private final Map<String, Runnable> flags =
            Map.of("--help", () -> help = true, "-h", () -> help = true, "--import", () -> imports = true);

    private boolean help;
    private @Nullable String jdbcUrl;
    private @Nullable String jdbcUser;
    private @Nullable String table;
    private @Nullable String idColumn;
    private ProviderAccount provider = ProviderAccount.of("twilio");
    private TrackingMode mode = TrackingMode.POLL;
    private int batch = 1000;
    private int parallel = 50;
    private int rate;
    private @Nullable Duration interval;
    private int giveUpAfter = 4;
    private Duration unconfirmedAfter = Duration.ofDays(3);
    private @Nullable Instant since;
    private boolean imports;
    private int ids = 20_000;
    private @Nullable Path data;
    private @Nullable Path report;

    private OptionParser(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    /** Reads the arguments; what is wrong with them is added to {@code problems}. */
    static Options parse(List<String> arguments, Path home, List<ConfigurationProblem> problems) {
        var parser = new OptionParser(problems);
        parser.read(arguments);
        return parser.options(home);
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
                withValue.getOrDefault(name, ignored -> {}).accept(value.strip());
            } else {
                flags.getOrDefault(name, () -> {}).run();
            }
        }
    }

    private Options options(Path home) {
        boolean isDemo = jdbcUrl == null;
        if (isDemo && (table != null || idColumn != null || jdbcUser != null)) {
            problem(
                    "--jdbc-url",
                    "is missing: without it the program shows itself on a table of its own",
                    "name the database: --jdbc-url jdbc:mariadb://HOST:3306/DATABASE");
        }
        if (!isDemo && (table == null || idColumn == null)) {
            problem(
                    table == null ? "--table" : "--id-column",
                    "is missing",
                    "name the table and its column of provider ids, as in --table assignment_messages --id-column"
                            + " message_sid");
        }
        if (isDemo && !provider.equals(ProviderAccount.of("twilio"))) {
            problem("--provider", "is shown with twilio only", "leave it out, or name a database with --jdbc-url");
        }
        Duration fallback = isDemo ? Duration.ofSeconds(1) : Duration.ofSeconds(30);
        return new Options(
                help,
                jdbcUrl,
                jdbcUser,
                table == null ? Demo.TABLE : table,
                idColumn == null ? Demo.ID_COLUMN : idColumn,
                provider,
                mode,
                batch,
                parallel,
                rate,
                interval == null ? fallback : interval,
                giveUpAfter,
                unconfirmedAfter,
                since,
                imports,
                ids,
                data == null ? home.resolve("data") : data,
                report);
    }

    private void jdbcUrl(String value) {
        if (value.startsWith("jdbc:")) {
            jdbcUrl = value;
        } else {
            problem("--jdbc-url", "is no JDBC URL", "write it as jdbc:mariadb://HOST:3306/DATABASE");
        }
    }

    private void provider(String value) {
        try {
            provider = ProviderAccount.parse(value);
        } catch (IllegalArgumentException e) {
            problem("--provider", String.valueOf(e.getMessage()), "write it as twilio, or twilio:ACCOUNT");
        }
    }

    private void mode(String value) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "poll" -> mode = TrackingMode.POLL;
            case "sweep" -> mode = TrackingMode.SWEEP;
            default -> problem("--mode", "must be poll or sweep", "correct it");
        }
    }

    private Duration time(String name, String value) {
        Matcher matcher = SHORT_TIME.matcher(value);
        try {
            Duration time = matcher.matches() ? shortTime(matcher) : Duration.parse(value);
            if (!time.isNegative() && !time.isZero() && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (DateTimeException e) {
            // told below
        }
        problem(name, "must be a time of at most 365 days", "write it as 500ms, 30s, 5m, 2h or 3d");
        return Duration.ofSeconds(1);
    }

    private static Duration shortTime(Matcher matcher) {
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private void since(String value) {
        try {
            since = value.contains("T")
                    ? Instant.parse(value)
                    : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            problem("--since", "is no date", "write it as 2026-11-01, or 2026-11-01T08:00:00Z");
        }
    }

    private @Nullable Path path(String name, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            problem(name, "is no path on this system", "give another one");
            return null;
        }
    }

    private void report(String value) {
        Path path = path("--report", value);
        Path folder = path == null ? null : path.toAbsolutePath().getParent();
        if (path != null && (folder == null || !Files.isDirectory(folder) || Files.isDirectory(path))) {
            problem("--report", "must be a file in a folder that exists", "make the folder, or name another file");
        }
        report = path;
    }

    private int number(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        problem(name, "must be a whole number from " + least + " to " + most, "correct it");
        return least;
    }

    private void problem(String setting, String problem, String remedy) {
        problems.add(new ConfigurationProblem(setting, problem, remedy));
    }
}
