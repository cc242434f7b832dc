package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.engine.DispatchEngineBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * {@code benchmarks/run store}: dispatch, enqueue, status sync, tracking what others sent, several nodes, idleness and
 * growth on a MariaDB of its own.
 */
public final class StoreBenchmark {
    /** A scenario with a name. */
    @FunctionalInterface
    private interface Scenario {
        List<Row> run(MariaDb server, StoreOptions options) throws Exception;
    }

    private static final Map<String, Scenario> ALL = all();

    private final StoreOptions options;

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException if an option is not known, lacks its value, or the value is none for it
     */
    public StoreBenchmark(String... options) {
        this.options = StoreOptions.of(ALL.keySet(), options);
    }

    private static Map<String, Scenario> all() {
        var all = new LinkedHashMap<String, Scenario>();
        all.put("dispatch", StoreBenchmark::dispatch);
        all.put("enqueue", EnqueueScenario::run);
        all.put("sync", StoreBenchmark::sync);
        all.put("receipts", StoreBenchmark::receipts);
        all.put("tracking", TrackingScenario::run);
        all.put("nodes", StoreBenchmark::nodes);
        all.put("idle", IdleScenario::run);
        all.put("growth", GrowthScenario::run);
        return all;
    }

    /** Measures, and prints. */
    public void run() throws Exception {
        var rows = new ArrayList<Row>();
        Map<String, String> settings;
        try (MariaDb server = MariaDb.start()) {
            settings = server.settings();
            for (String scenario : options.only()) {
                System.err.println("measuring " + scenario);
                rows.addAll(Objects.requireNonNull(ALL.get(scenario)).run(server, options));
            }
        }
        StoreReport.print(rows, settings, options);
    }

    /** As many messages under way as the loop over plain JDBC has. */
    static UnaryOperator<DispatchEngineBuilder> wide() {
        return builder -> builder.maxInFlight(4000);
    }

    private static List<Row> dispatch(MariaDb server, StoreOptions options) throws Exception {
        return Rounds.run(
                "dispatch",
                List.of(
                        new Contestant(
                                "plain JDBC, same records, 2,000 a batch, 2 threads",
                                false,
                                messages -> PlainLoop.open(pool(server), messages, 2)),
                        new Contestant(
                                "plain JDBC, one table, 2,000 a batch, 2 threads",
                                false,
                                messages -> OneTable.open(pool(server), messages, 2000, 2)),
                        new Contestant(
                                "SMS Dispatch, defaults",
                                false,
                                messages -> engines(server, options, messages, 1, UnaryOperator.identity())),
                        new Contestant(
                                "SMS Dispatch, maxInFlight 4,000",
                                false,
                                messages -> engines(server, options, messages, 1, wide())),
                        new Contestant(
                                "plain JDBC, one table, one by one, 8 threads",
                                true,
                                messages -> OneTable.open(pool(server), messages, 1, 8)),
                        new Contestant(
                                "db-scheduler, as on MariaDB, 32 threads",
                                true,
                                messages -> DbScheduler.fetching(pool(server), messages, 32)),
                        new Contestant(
                                "db-scheduler, as on MySQL 8, 32 threads",
                                true,
                                messages -> DbScheduler.locking(pool(server), messages, 32)),
                        new Contestant(
                                "JobRunr, its own number of workers",
                                true,
                                messages -> JobRunrQueue.open(server.newDatabase(), messages, 0)),
                        new Contestant(
                                "JobRunr, 64 workers",
                                true,
                                messages -> JobRunrQueue.open(server.newDatabase(), messages, 64))),
                options);
    }

    private static EngineTurn engines(
            MariaDb server,
            StoreOptions options,
            int messages,
            int engines,
            UnaryOperator<DispatchEngineBuilder> settings) {
        return EngineTurn.dispatch(pool(server), new EngineTurn.Settings(messages, options.batch(), engines, settings));
    }

    private static List<Row> sync(MariaDb server, StoreOptions options) throws Exception {
        return Rounds.run(
                "sync",
                List.of(
                        new Contestant(
                                "plain JDBC, same records, 2,000 a batch, 2 threads",
                                false,
                                messages -> PlainSync.open(pool(server), messages, 2)),
                        new Contestant(
                                "SMS Dispatch",
                                false,
                                messages -> EngineTurn.sync(
                                        pool(server), new EngineTurn.Settings(messages, options.batch(), 1, wide())))),
                options);
    }

    private static List<Row> receipts(MariaDb server, StoreOptions options) throws Exception {
        return Rounds.run(
                "receipts",
                "receipts/s",
                List.of(
                        new Contestant(
                                "plain JDBC, same records, 100 in a transaction, 4 threads",
                                false,
                                messages -> PlainReceipts.open(pool(server), messages, 4)),
                        new Contestant(
                                "SMS Dispatch, 100 in a webhook, 4 at a time",
                                false,
                                messages -> ReceiptsTurn.open(pool(server), messages, 100, 4)),
                        new Contestant(
                                "SMS Dispatch, 1 in a webhook, 32 at a time",
                                false,
                                messages ->
                                        ReceiptsTurn.open(MariaDb.pool(server.newDatabase(), 40), messages, 1, 32))),
                options);
    }

    private static List<Row> nodes(MariaDb server, StoreOptions options) throws Exception {
        return Rounds.run(
                "nodes",
                List.of(
                        new Contestant("one engine", false, messages -> engines(server, options, messages, 1, wide())),
                        new Contestant(
                                "two engines", false, messages -> engines(server, options, messages, 2, wide()))),
                options);
    }

    /** Connections to a fresh database. */
    static HikariDataSource pool(MariaDb server) {
        return MariaDb.pool(server.newDatabase(), 16);
    }
}
