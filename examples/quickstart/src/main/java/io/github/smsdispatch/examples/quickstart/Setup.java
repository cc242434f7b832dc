package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the job needs, opened one after the other: file, database, carriers, providers. What cannot be opened is a
 * problem and not the end, so that the user sees all problems at once.
 */
final class Setup implements AutoCloseable {
    private static final String MAKER_OF_CODES = "googleverify";

    private final Options options;
    private final Map<String, String> environment;
    private final List<ConfigurationProblem> problems;
    private final JumpingClock clock = new JumpingClock(InstantSource.system());
    private final CsvFile file;

    private long rows;
    private Map<ProviderAccount, SmsProvider> providers = Map.of();
    private @Nullable Database database;
    private @Nullable ReceiptServer receipts;
    private @Nullable Simulation simulation;

    /**
     * @param problems what is wrong so far; more may come
     */
    Setup(Options options, Map<String, String> environment, List<ConfigurationProblem> problems) {
        this.options = options;
        this.environment = environment;
        this.problems = problems;
        this.file = new CsvFile(options.csv());
    }

    static Path log(Options options) {
        return options.data().resolve("quickstart.log");
    }

    /** Opens everything. If there are problems afterwards, none of it may be used. */
    void prepare() {
        attempt(() -> rows = file.check());
        Path data = options.data();
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            problems.add(new ConfigurationProblem(
                    "--data", "names a folder that cannot be made or written", "name another folder"));
            return;
        }
        Logs.to(log(options));
        attempt(() -> database = Database.open(options, options.live() ? null : clock));
        attempt(this::checkPurpose);
        attempt(this::simulate);
        attempt(this::createProviders);
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
    }

    /**
     * A database of the user's is for simulations or for live runs, never for both: what waits in it would go to real
     * people, or real people's messages to carriers that do not exist. Files are told apart by their names.
     */
    private void checkPurpose() {
        if (database == null
                || options.jdbcUrl() == null
                || database.latestTime().isEmpty()
                || options.live() != Simulation.wasHere(Database.folder(options))) {
            return;
        }
        problems.add(new ConfigurationProblem(
                "--jdbc-url",
                options.live()
                        ? "names a database with messages of a simulation"
                        : "names a database with messages of a live run, or of a simulation with another --data",
                "name another database"));
    }

    private void simulate() {
        if (options.live()
                || options.accounts().stream()
                        .allMatch(account -> SimulatedProvider.of(account).isEmpty())) {
            return;
        }
        Path ledgers = Database.folder(options);
        var server = new ReceiptServer(ledgers.resolve("receipts.port"));
        receipts = server;
        if (database != null) {
            database.latestTime().ifPresentOrElse(clock::jumpTo, () -> Simulation.setAside(ledgers));
        }
        simulation = new Simulation(options.accounts(), ledgers, options.seed(), clock, server);
    }

    /** Simulated, or live: never some of one and some of the other, as a clock that jumps is not for real people. */
    private void createProviders() {
        ProviderCatalog catalog = ProviderCatalog.discover();
        var usable = new ArrayList<ProviderAccount>();
        for (ProviderAccount account : options.accounts()) {
            boolean isKnown = catalog.names().contains(account.provider());
            if (account.provider().equals(MAKER_OF_CODES)) {
                problems.add(new ConfigurationProblem(
                        account.toString(),
                        "makes codes and sends no texts from a file",
                        "name other providers; the README of its module tells how to ask for codes"));
            } else if (isKnown
                    && !options.live()
                    && SimulatedProvider.of(account).isEmpty()) {
                problems.add(new ConfigurationProblem(
                        account.toString(),
                        "is no provider that quickstart can simulate",
                        "add --live to use it as configured, with --csv FILE of your own"));
            } else if (!isKnown || options.live() || simulation != null) {
                // Names are checked even if the carriers could not be started, which is told already.
                usable.add(account);
            }
        }
        SettingSource source = simulation == null ? SettingSource.environment(environment) : simulation.settings();
        providers = catalog.create(usable, source);
    }

    CsvFile file() {
        return file;
    }

    long rows() {
        return rows;
    }

    MessageStore store() {
        if (database == null) {
            throw new IllegalStateException("not prepared");
        }
        return database.store();
    }

    /** By account, in the order of the command line; the engine closes them. */
    Map<ProviderAccount, SmsProvider> providers() {
        return providers;
    }

    /** The simulated carriers; empty in a live run. */
    Map<ProviderAccount, CarrierSimulator> carriers() {
        return simulation == null ? Map.of() : simulation.carriers();
    }

    /** Where the simulated carriers report; null in a live run. */
    @Nullable
    ReceiptServer receipts() {
        return receipts;
    }

    /** The time by which messages are due; it jumps in a simulation only. */
    JumpingClock clock() {
        return clock;
    }

    @Override
    public void close() {
        providers.values().forEach(SmsProvider::close);
        if (simulation != null) {
            simulation.close();
        }
        if (receipts != null) {
            receipts.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
