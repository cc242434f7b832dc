package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.jdbc.JdbcTrackingStore;
import io.github.smsdispatch.tracking.StatusTracker;
import io.github.smsdispatch.tracking.StatusTrackerBuilder;
import io.github.smsdispatch.tracking.TrackingSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looking up what others sent, at a provider that answers in a tenth of a second. */
final class TrackingScenario {
    static final String ID_COLUMN = "message_sid";
    static final int PARALLEL = 200;

    private static final String TABLE = "assignment_messages";

    /** As many as are under way at a time, ten times a second. */
    private static final int GOAL = PARALLEL * 10;

    private static final int LIMIT = 500;
    private static final int SECONDS = 30;

    private TrackingScenario() {}

    static List<Row> run(MariaDb server, StoreOptions options) throws Exception {
        var rows = new ArrayList<Row>();
        var free = new SlowProvider(Integer.MAX_VALUE, 1);
        rows.add(inThisProcess(server, "200 under way", free, GOAL, GOAL * SECONDS, false));
        var limited = new SlowProvider(LIMIT, 1);
        rows.add(inThisProcess(server, "limit of 500/s, rate set", limited, LIMIT, LIMIT * SECONDS, true));
        var learned = new SlowProvider(LIMIT, 1);
        rows.add(inThisProcess(server, "limit of 500/s, nothing set", learned, LIMIT, LIMIT * SECONDS, false));
        rows.add(inProcesses(server, 1, options.messages()));
        rows.add(inProcesses(server, 2, options.messages()));
        return rows;
    }

    private static Row inThisProcess(
            MariaDb server, String name, SlowProvider provider, int goal, int ids, boolean isSet) throws Exception {
        try (HikariDataSource dataSource = StoreBenchmark.pool(server)) {
            fill(dataSource, ids);
            StatusTrackerBuilder settings = StatusTracker.builder(
                            JdbcTrackingStore.of(dataSource, TABLE, ID_COLUMN), SlowProvider.ACCOUNT, provider)
                    .parallel(PARALLEL);
            if (isSet) {
                settings.rate(LIMIT, Duration.ofSeconds(1));
            }
            TrackingSummary summary = settings.build().run();
            if (!summary.isComplete() || provider.looks().size() != ids) {
                throw new IllegalStateException("not every message is final: " + summary);
            }
            MariaDb.drop(dataSource);
            return new Row(
                    "tracking",
                    name,
                    "look-ups/s",
                    provider.perSecond(),
                    provider.perSecond() / goal,
                    costs(
                            (double) summary.progress().looks(),
                            (double) provider.refusedAtFirst(),
                            (double) provider.refusedLater(),
                            0,
                            Double.NaN));
        }
    }

    private static Map<String, Double> costs(
            double looks, double refusedAtFirst, double refusedLater, double tooSoon, double heapBytes) {
        var costs = new LinkedHashMap<String, Double>();
        costs.put("look-ups", looks);
        costs.put("throttled in the first second", refusedAtFirst);
        costs.put("throttled later", refusedLater);
        costs.put("looked up again within the pause", tooSoon);
        costs.put("heap MB at its fullest", heapBytes / (1 << 20));
        return costs;
    }

    private static void fill(HikariDataSource dataSource, int ids) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + TABLE + " (id INT PRIMARY KEY, message_sid VARCHAR(34) NOT NULL)");
            for (int from = 0; from < ids; from += 5000) {
                statement.execute("INSERT INTO " + TABLE + " VALUES "
                        + IntStream.range(from, Math.min(ids, from + 5000))
                                .mapToObj(i -> String.format("(%d, 'SM%032x')", i, i * 0x9E3779B97F4A7C15L))
                                .collect(Collectors.joining(",")));
            }
        }
    }

    /** Each in a heap of 256 MB, on the same table. */
    private static Row inProcesses(MariaDb server, int count, int ids) throws Exception {
        String url = server.newDatabase();
        try (HikariDataSource dataSource = MariaDb.pool(url, 2)) {
            fill(dataSource, ids);
            List<Path> files = new ArrayList<>();
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                files.add(Files.createTempFile("looks", ".txt"));
                processes.add(start(url, files.get(i)));
            }
            double slowest = 0;
            double looks = 0;
            double heap = 0;
            for (Process process : processes) {
                Map<String, Double> told = told(process);
                slowest = Math.max(slowest, told.getOrDefault("seconds", Double.NaN));
                looks += told.getOrDefault("looks", Double.NaN);
                heap = Math.max(heap, told.getOrDefault("heapBytes", Double.NaN));
                if (told.getOrDefault("finals", 0.0) != ids) {
                    throw new IllegalStateException("not every message is final: " + told);
                }
            }
            double tooSoon = lookedUpTooSoon(files);
            MariaDb.drop(dataSource);
            return new Row(
                    "tracking",
                    count + (count == 1 ? " process" : " processes") + " of 256 MB, 200 under way in each",
                    "look-ups/s",
                    looks / slowest,
                    count == 1 ? looks / slowest / GOAL : Double.NaN,
                    costs(looks, 0, 0, tooSoon, heap));
        }
    }

    private static Process start(String url, Path looks) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrackingProcess.class.getName(),
                        url,
                        TABLE,
                        looks.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Map<String, Double> told(Process process) throws IOException, InterruptedException {
        Map<String, Double> told = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                told.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("a process that tracks ended with " + process.exitValue());
        }
        return told;
    }

    /** How many looks came sooner after another one at the same message than the pause allows, in whichever process. */
    private static double lookedUpTooSoon(List<Path> files) throws IOException {
        Map<String, List<Long>> looks = new HashMap<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                looks.computeIfAbsent(line.substring(0, space), any -> new ArrayList<>())
                        .add(Long.parseLong(line.substring(space + 1)));
            }
            Files.delete(file);
        }
        long least = TrackingProcess.PAUSE.toMillis() * 8 / 10;
        long tooSoon = 0;
        for (List<Long> times : looks.values()) {
            Collections.sort(times);
            for (int i = 1; i < times.size(); i++) {
                tooSoon += times.get(i) - times.get(i - 1) < least ? 1 : 0;
            }
        }
        return tooSoon;
    }
}
