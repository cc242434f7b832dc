package io.github.smsdispatch.killharness;

import ch.vorburger.exec.ManagedProcessException;
import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.testkit.carrier.Ledger;
import io.github.smsdispatch.testkit.carrier.LedgerCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends messages through processes that are killed, and compares in the end. */
public final class KillHarness {
    /** All is as it must be. */
    static final int OK = 0;
    /** It is not. */
    static final int WRONG = 1;
    /** The run could not begin. */
    static final int USAGE = 2;

    /** One for each of the two that read everything in the end. */
    private static final int CONNECTIONS = 2;

    private final Options options;
    private final PrintStream out;
    private final Path folder;

    private KillHarness(Options options, Path folder, PrintStream out) {
        this.options = options;
        this.folder = folder;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** The exit code of the program. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return USAGE;
        }
        if (options.help()) {
            out.print(Options.HELP);
            return OK;
        }
        Path folder = options.folder();
        if (folder == null) {
            folder = home().resolve("run-" + ProcessHandle.current().pid());
        }
        Files.createDirectories(folder);
        try (var inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                err.println("the folder " + folder + " is not empty; name another one with --folder");
                return USAGE;
            }
        }
        return new KillHarness(options, folder, out).run(err);
    }

    private static Path home() {
        return Path.of(System.getProperty("killharness.home", "target"));
    }

    private int run(PrintStream err) throws Exception {
        Outcome outcome;
        var ports = new Ports();
        String given = options.jdbcUrl();
        MariaDb ours = given == null ? install(ports) : null;
        String url = ours == null ? String.valueOf(given) : ours.url();
        var cast = new Cast(Plan.of(options), folder, ours, url, ports);
        var end = new Thread(() -> cast.all().forEach(Victim::abandon));
        Runtime.getRuntime().addShutdownHook(end);
        try (HikariDataSource pool = Databases.pool(url, CONNECTIONS)) {
            cast.of(Role.DATABASE).forEach(Victim::start);
            JdbcMessageStore store = ours == null ? Databases.open(pool) : Databases.waitFor(pool);
            if (!store.counts().isEmpty()) {
                err.println("the database has messages already; give one that is empty");
                delete(folder);
                return USAGE;
            }
            outcome = play(cast, store, pool);
        } catch (ConfigurationException e) {
            err.println("--jdbc-url: " + e.getMessage());
            delete(folder);
            return USAGE;
        } finally {
            for (Victim victim : cast.all()) {
                victim.stop();
            }
            Runtime.getRuntime().removeShutdownHook(end);
        }
        print(outcome);
        if (options.report() != null) {
            Page.write(options.report(), outcome);
        }
        if (outcome.isGood() && !options.keep()) {
            delete(folder);
        } else {
            out.println("Ledgers, logs and database are left in " + folder + ".");
        }
        return outcome.isGood() ? OK : WRONG;
    }

    private MariaDb install(Ports ports) throws ManagedProcessException {
        out.println("Installing a MariaDB ...");
        return new MariaDb(home().resolve("mariadb"), folder, ports.next());
    }

    private Outcome play(Cast cast, JdbcMessageStore store, HikariDataSource pool)
            throws InterruptedException, SQLException {
        cast.all().stream().filter(victim -> victim.role() != Role.DATABASE).forEach(Victim::start);
        Plan plan = Plan.of(options);
        var run = new KillRun(plan, cast, store, out);
        boolean ended = run.run();
        var elapsed = run.elapsed();
        for (Victim victim : cast.all()) {
            if (victim.role() == Role.DATABASE) {
                // Given up, it may have been found dead.
                startIfDead(victim);
            } else {
                victim.stop();
            }
        }
        out.println("Comparing with the ledgers of the carriers ...");
        Databases.waitFor(pool);
        Map<ProviderAccount, Ledger> ledgers = new LinkedHashMap<>();
        for (Carrier carrier : Carrier.values()) {
            ledgers.put(carrier.account(), Ledger.read(cast.ledger(carrier)));
        }
        var histories = new Histories(store);
        CompletableFuture<Void> read =
                CompletableFuture.runAsync(() -> histories.read(plan.campaign().all()));
        var comparison = new LedgerCheck(store, ledgers).run(plan.campaign().all());
        read.join();
        long messages = store.counts().stream().mapToLong(StateCount::messages).sum();
        return new Outcome(
                plan,
                version(pool),
                run.count(),
                comparison,
                histories,
                messages,
                Bookmark.read(cast.forgotten()),
                ended,
                elapsed);
    }

    private static void startIfDead(Victim victim) {
        if (!victim.isAlive()) {
            victim.start();
        }
    }

    private static String version(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            var data = connection.getMetaData();
            return data.getDatabaseProductName() + " " + data.getDatabaseProductVersion();
        }
    }

    private void print(Outcome outcome) {
        var summary = new Summary(outcome);
        for (var table : List.of(summary.kills(), summary.findings(), summary.states())) {
            out.println();
            Tables.plain(table).forEach(out::println);
        }
        out.println();
        summary.examples().forEach(out::println);
        out.println(summary.verdict());
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path gone, @Nullable IOException e) throws IOException {
                Files.delete(gone);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
