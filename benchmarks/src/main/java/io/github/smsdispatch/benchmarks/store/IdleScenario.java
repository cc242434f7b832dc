package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What an engine costs that has nothing to do, and how soon it hands over what comes then. */
final class IdleScenario {
    private static final int SINGLE_MESSAGES = 1000;
    private static final int FROM_ANOTHER_NODE = 50;

    private IdleScenario() {}

    static List<Row> run(MariaDb server, StoreOptions options) throws Exception {
        var rows = new ArrayList<Row>();
        try (HikariDataSource dataSource = StoreBenchmark.pool(server)) {
            JdbcMessageStore store = JdbcMessageStore.builder(dataSource).build();
            store.createSchema();
            var provider = new InstantProvider(SINGLE_MESSAGES + FROM_ANOTHER_NODE, 1);
            try (DispatchEngine engine = DispatchEngine.builder(store)
                            .account(InstantProvider.ACCOUNT, provider)
                            .build()
                            .start();
                    DispatchEngine other = DispatchEngine.builder(store)
                            .account(InstantProvider.ACCOUNT, provider)
                            .build()) {
                rows.add(idleness(dataSource));
                rows.add(latency("enqueued on this node", engine, provider, 0, SINGLE_MESSAGES, 50));
                rows.add(
                        latency("enqueued on another node", other, provider, SINGLE_MESSAGES, FROM_ANOTHER_NODE, 2000));
            }
            provider.expectEachOnce();
            MariaDb.drop(dataSource);
        }
        return rows;
    }

    private static Row idleness(HikariDataSource dataSource) throws Exception {
        // Until it has found its slowest pace.
        TimeUnit.SECONDS.sleep(10);
        Meter meter = Meter.start(dataSource);
        TimeUnit.SECONDS.sleep(20);
        Map<String, Double> counted = meter.stop();
        double seconds = counted.getOrDefault("seconds", Double.NaN);
        counted.replaceAll((name, value) -> value / seconds);
        var costs = new LinkedHashMap<String, Double>();
        costs.put("% of a core here", counted.getOrDefault("CPU µs of this process", Double.NaN) / 1e4);
        costs.put("% of a core in the server", counted.getOrDefault("CPU µs of the server", Double.NaN) / 1e4);
        costs.put("commits/s", counted.getOrDefault("commits", Double.NaN));
        costs.put("rows read/s", counted.getOrDefault("rows read", Double.NaN));
        return new Row(
                "idle",
                "an engine without messages",
                "statements/s",
                counted.getOrDefault("statements", Double.NaN),
                Double.NaN,
                costs);
    }

    /** Each comes when the one before is handed over, after a pause of up to {@code mostMillis}. */
    private static Row latency(
            String name, DispatchEngine node, InstantProvider provider, int first, int messages, int mostMillis)
            throws InterruptedException {
        double[] millis = new double[messages];
        for (int i = 0; i < messages; i++) {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(mostMillis / 2, mostMillis));
            int number = first + i;
            long start = System.nanoTime();
            node.enqueue(Campaign.message(number));
            while (provider.takenAt(number) == 0) {
                TimeUnit.MICROSECONDS.sleep(200);
            }
            millis[i] = (provider.takenAt(number) - start) / 1e6;
        }
        var costs = new LinkedHashMap<String, Double>();
        costs.put("p99", Medians.percentile(0.99, millis));
        costs.put("slowest", Medians.percentile(1, millis));
        costs.put("messages", (double) messages);
        return new Row("latency when idle", name, "ms, median", Medians.of(millis), Double.NaN, costs);
    }
}
