package io.github.smsdispatch.examples.statussync;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.jdbc.JdbcTrackingStore;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.store.StoreException;
import io.github.smsdispatch.tracking.StatusTracker;
import io.github.smsdispatch.tracking.StatusTrackerBuilder;
import io.github.smsdispatch.tracking.TrackingSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Finds out what became of messages that another program sent. {@code run --help} tells the rest. */
public final class StatusSyncProgram {
    static final int OK = 0;

    /** It ended before everything was final. */
    static final int FAILED = 1;

    /** It never began. */
    static final int UNUSABLE = 2;

    private static final int LONGEST_INTERVAL = 120;

    private final Map<String, String> environment;
    private final Path home;
    private final PrintStream out;
    private final PrintStream err;

    StatusSyncProgram(Map<String, String> environment, Path home, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.home = home;
        this.out = out;
        this.err = err;
    }

    /** The program. */
    public static void main(String[] arguments) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        var program = new StatusSyncProgram(
                System.getenv(), Path.of(System.getProperty("statussync.home", ".")), System.out, System.err);
        System.exit(program.run(List.of(arguments)));
    }

    /** Runs until every message is final, and says how it ended: 0, 1 or 2. */
    int run(List<String> arguments) {
        var problems = new ArrayList<ConfigurationProblem>();
        Options options = OptionParser.parse(arguments, home, problems);
        if (options.help()) {
            out.println(help());
            return OK;
        }
        try {
            if (problems.isEmpty()) {
                return options.isDemo() ? demonstrate(options) : track(options);
            }
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        } catch (StoreException e) {
            err.println("The database failed on the way: " + e.getMessage());
            err.println("Nothing is lost: start again, and it goes on where it was.");
            return FAILED;
        }
        problems.forEach(problem -> {
            err.println(problem.setting() + ": " + problem.problem());
            err.println("    " + problem.remedy());
        });
        return UNUSABLE;
    }

    private int demonstrate(Options options) {
        try (var demo = Demo.open(options.data(), options.ids(), out)) {
            int exit = track(options, demo.database(), demo.provider());
            if (exit == OK) {
                Demo.done(options.data());
            }
            return exit;
        }
    }

    private int track(Options options) {
        Map<?, SmsProvider> providers =
                ProviderCatalog.discover().create(List.of(options.provider()), SettingSource.environment(environment));
        try (SmsProvider provider = providers.values().iterator().next();
                HikariDataSource database = Connections.to(
                        Objects.requireNonNull(options.jdbcUrl()),
                        options.jdbcUser(),
                        environment.get("SMS_JDBC_PASSWORD"))) {
            return track(options, database, provider);
        }
    }

    private int track(Options options, HikariDataSource database, SmsProvider provider) {
        var store = JdbcTrackingStore.of(database, options.table(), options.idColumn());
        StatusTrackerBuilder settings = StatusTracker.builder(store, options.provider(), provider)
                .mode(options.mode())
                .batch(options.batch())
                .parallel(options.parallel())
                .interval(options.interval(), longest(options.interval()))
                .giveUpAfter(options.giveUpAfter())
                .unconfirmedAfter(options.unconfirmedAfter())
                .importUnknown(options.imports())
                .listener(new ProgressLines(out, options.table()));
        if (options.rate() > 0) {
            settings.rate(options.rate(), Duration.ofSeconds(1));
        }
        if (options.since() != null) {
            settings.sweep(options.since(), null);
        }
        TrackingSummary summary = settings.build().run();
        Path report = options.report();
        if (report != null) {
            Report.write(report, summary.progress());
        }
        String elapsed = String.format(
                Locale.ROOT, "%.1f s", ProgressLines.seconds(summary.progress().elapsed()));
        if (summary.isComplete()) {
            out.println("Every message is final, after " + elapsed + "; see table " + store.statusTable() + ".");
            return OK;
        }
        err.println("Ended after " + elapsed + " before everything was final"
                + (summary.trouble() == null ? "." : ": " + summary.trouble() + "."));
        err.println("Start it again, and it goes on where it was.");
        return FAILED;
    }

    private static Duration longest(Duration interval) {
        Duration times = interval.multipliedBy(LONGEST_INTERVAL);
        return times.compareTo(OptionParser.LONGEST) <= 0 ? times : OptionParser.LONGEST;
    }

    private static String help() {
        try (InputStream text = Objects.requireNonNull(StatusSyncProgram.class.getResourceAsStream("help.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
