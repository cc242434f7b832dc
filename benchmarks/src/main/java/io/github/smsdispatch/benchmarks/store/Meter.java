package io.github.smsdispatch.benchmarks.store;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** What a stretch of work cost the database and the processors. */
final class Meter {
    /** What the server counts, and how the tables here call it. */
    private static final Map<String, String> COUNTERS = counters();

    private final DataSource dataSource;
    private final Map<String, Double> before;
    private final long start;

    private Meter(DataSource dataSource) throws SQLException {
        this.dataSource = dataSource;
        this.before = read(dataSource);
        this.start = System.nanoTime();
    }

    /** Begins to count. */
    static Meter start(DataSource dataSource) throws SQLException {
        return new Meter(dataSource);
    }

    private static Map<String, String> counters() {
        var counters = new LinkedHashMap<String, String>();
        counters.put("Questions", "statements");
        counters.put("Com_commit", "commits");
        counters.put("Innodb_data_fsyncs", "fsyncs");
        counters.put("Handler_read_first", "rows read");
        counters.put("Handler_read_key", "rows read");
        counters.put("Handler_read_last", "rows read");
        counters.put("Handler_read_next", "rows read");
        counters.put("Handler_read_prev", "rows read");
        counters.put("Handler_read_rnd", "rows read");
        counters.put("Handler_read_rnd_next", "rows read");
        counters.put("Handler_write", "rows inserted");
        counters.put("Handler_update", "rows updated");
        counters.put("Handler_delete", "rows deleted");
        counters.put("Bytes_received", "bytes to it");
        counters.put("Bytes_sent", "bytes from it");
        return counters;
    }

    /** What was counted since, by name; processor times in microseconds, {@code seconds} of wall time. */
    Map<String, Double> stop() throws SQLException {
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> after = read(dataSource);
        var counted = new LinkedHashMap<String, Double>();
        counted.put("seconds", seconds);
        after.forEach((name, value) -> counted.put(name, value - before.getOrDefault(name, 0.0)));
        return counted;
    }

    private static Map<String, Double> read(DataSource dataSource) throws SQLException {
        Map<String, Double> told = new HashMap<>();
        var counted = new LinkedHashMap<String, Double>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS")) {
                while (row.next()) {
                    String name = COUNTERS.get(row.getString(1));
                    if (name != null) {
                        told.merge(name, row.getDouble(2), Double::sum);
                    }
                }
            }
            COUNTERS.values().forEach(name -> counted.put(name, told.getOrDefault(name, 0.0)));
            try (ResultSet row = statement.executeQuery("SELECT @@pid_file, @@datadir")) {
                row.next();
                counted.put(
                        "CPU µs of the server",
                        micros(cpu(Path.of(row.getString(2)).resolve(row.getString(1)))));
            }
        }
        counted.put("CPU µs of this process", micros(ownCpu()));
        return counted;
    }

    private static Duration ownCpu() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    private static Duration cpu(Path pidFile) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElse(Duration.ZERO);
        } catch (IOException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }
}
