package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.examples.options.CommandLine;
import io.github.smsdispatch.examples.options.Kind;
import io.github.smsdispatch.examples.options.UnusableValueException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the command line. */
final class OptionParser {
    private static final int MOST_SEGMENTS = 255;

    private final CommandLine line;

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
        line = new CommandLine(problems)
                .flag("--help", () -> help = true)
                .flag("-h", () -> help = true)
                .flag("--live", () -> live = true)
                .option("--csv", Kind.path(), value -> csv = value)
                .option("--data", Kind.path(), value -> data = value)
                .option("--jdbc-url", Kind.jdbcUrl(), value -> jdbcUrl = value)
                .option("--jdbc-user", Kind.text(), value -> jdbcUser = value)
                .option("--max-segments", Kind.number(1, MOST_SEGMENTS), value -> maxSegments = value)
                .option("--providers", Kind.text(), this::providers)
                .option("--report", Kind.fileToWrite(), value -> report = value)
                .option("--seed", Kind.anyNumber(), value -> seed = value)
                .option("--time-zone", OptionParser::zone, value -> zone = value)
                .wordsAlone("name the campaign with --csv FILE");
    }

    /**
     * Reads the arguments; what is wrong with them is added to {@code problems}.
     *
     * @param home the folder of the example, where file and data are by default
     */
    static Options parse(
            List<String> arguments, Map<String, String> environment, Path home, List<ConfigurationProblem> problems) {
        var parser = new OptionParser(problems);
        parser.line.read(arguments);
        return parser.options(home, environment);
    }

    private Options options(Path home, Map<String, String> environment) {
        if (live && csv == null) {
            line.problem(
                    "--live",
                    "does not send the file that comes along, which is made up",
                    "name a file of your own: --csv FILE");
        }
        if (jdbcUser != null && jdbcUrl == null) {
            line.problem("--jdbc-user", "is of no use without --jdbc-url", "give the URL of the database too");
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
                    line.problem("--providers", "names " + name.strip() + " twice", "name it once");
                }
            } catch (IllegalArgumentException e) {
                line.problem("--providers", String.valueOf(e.getMessage()), "write it as in --providers twilio,vonage");
            }
        }
        if (!named.isEmpty()) {
            accounts = List.copyOf(named);
        }
    }

    private static ZoneId zone(String value) throws UnusableValueException {
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new UnusableValueException(
                    "is not known", "give a name such as Africa/Nairobi, or an offset such as +03:00");
        }
    }
}
