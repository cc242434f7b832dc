package io.github.smsdispatch.examples.statussync;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.examples.options.CommandLine;
import io.github.smsdispatch.examples.options.Kind;
import io.github.smsdispatch.examples.options.UnusableValueException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.tracking.TrackingMode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the command line. */
final class OptionParser {
    /** Of any time that can be set. */
    static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern SHORT_TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final CommandLine line;

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
        line = new CommandLine(problems)
                .flag("--help", () -> help = true)
                .flag("-h", () -> help = true)
                .flag("--import", () -> imports = true)
                .option("--jdbc-url", Kind.jdbcUrl(), value -> jdbcUrl = value)
                .option("--jdbc-user", Kind.text(), value -> jdbcUser = value)
                .option("--table", Kind.text(), value -> table = value)
                .option("--id-column", Kind.text(), value -> idColumn = value)
                .option("--provider", OptionParser::provider, value -> provider = value)
                .option("--mode", OptionParser::mode, value -> mode = value)
                .option("--batch", Kind.number(1, 10_000), value -> batch = value)
                .option("--parallel", Kind.number(1, 10_000), value -> parallel = value)
                .option("--rate", Kind.number(1, 1_000_000), value -> rate = value)
                .option("--interval", OptionParser::time, value -> interval = value)
                .option("--give-up-after", Kind.number(1, 1_000), value -> giveUpAfter = value)
                .option("--unconfirmed-after", OptionParser::time, value -> unconfirmedAfter = value)
                .option("--since", OptionParser::since, value -> since = value)
                .option("--ids", Kind.number(1, 1_000_000), value -> ids = value)
                .option("--data", Kind.path(), value -> data = value)
                .option("--report", Kind.fileToWrite(), value -> report = value);
    }

    /** Reads the arguments; what is wrong with them is added to {@code problems}. */
    static Options parse(List<String> arguments, Path home, List<ConfigurationProblem> problems) {
        var parser = new OptionParser(problems);
        parser.line.read(arguments);
        return parser.options(home);
    }

    private Options options(Path home) {
        boolean isDemo = jdbcUrl == null;
        if (isDemo && (table != null || idColumn != null || jdbcUser != null)) {
            line.problem(
                    "--jdbc-url",
                    "is missing: without it the program shows itself on a table of its own",
                    "name the database: --jdbc-url jdbc:mariadb://HOST:3306/DATABASE");
        }
        if (!isDemo && (table == null || idColumn == null)) {
            line.problem(
                    table == null ? "--table" : "--id-column",
                    "is missing",
                    "name the table and its column of provider ids, as in --table assignment_messages --id-column"
                            + " message_sid");
        }
        if (isDemo && !provider.equals(ProviderAccount.of("twilio"))) {
            line.problem("--provider", "is shown with twilio only", "leave it out, or name a database with --jdbc-url");
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

    private static ProviderAccount provider(String value) throws UnusableValueException {
        try {
            return ProviderAccount.parse(value);
        } catch (IllegalArgumentException e) {
            throw new UnusableValueException(String.valueOf(e.getMessage()), "write it as twilio, or twilio:ACCOUNT");
        }
    }

    private static TrackingMode mode(String value) throws UnusableValueException {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "poll" -> TrackingMode.POLL;
            case "sweep" -> TrackingMode.SWEEP;
            default -> throw new UnusableValueException("must be poll or sweep", "correct it");
        };
    }

    private static Duration time(String value) throws UnusableValueException {
        Matcher matcher = SHORT_TIME.matcher(value);
        try {
            Duration time = matcher.matches() ? shortTime(matcher) : Duration.parse(value);
            if (!time.isNegative() && !time.isZero() && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new UnusableValueException("must be a time of at most 365 days", "write it as 500ms, 30s, 5m, 2h or 3d");
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

    private static Instant since(String value) throws UnusableValueException {
        try {
            return value.contains("T")
                    ? Instant.parse(value)
                    : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new UnusableValueException("is no date", "write it as 2026-11-01, or 2026-11-01T08:00:00Z");
        }
    }
}
