package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.jdbc.JdbcTrackingStore;
import io.github.smsdispatch.tracking.StatusTracker;
import io.github.smsdispatch.tracking.TrackingSummary;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/** Tracks the messages of a table in a process of its own, and writes down when it looked up which. */
final class TrackingProcess {
    /** The pause after the first look; up to a fifth of it is taken off by chance. */
    static final Duration PAUSE = Duration.ofSeconds(20);

    private TrackingProcess() {}

    /**
     * Tracks.
     *
     * @param args the database, its table, and the file for the looks: id and milliseconds
     */
    public static void main(String[] args) throws Exception {
        var provider = new SlowProvider(Integer.MAX_VALUE, 2);
        var looks = Path.of(args[2]);
        try (HikariDataSource dataSource = MariaDb.pool(args[0], 4)) {
            TrackingSummary summary = StatusTracker.builder(
                            JdbcTrackingStore.of(dataSource, args[1], TrackingScenario.ID_COLUMN),
                            SlowProvider.ACCOUNT,
                            provider)
                    .parallel(TrackingScenario.PARALLEL)
                    .interval(PAUSE, PAUSE.multipliedBy(2))
                    .build()
                    .run();
            System.out.println("seconds " + summary.progress().elapsed().toMillis() / 1e3);
            System.out.println("looks " + summary.progress().looks());
            System.out.println("finals " + summary.progress().counts().finals());
            System.out.println("heapBytes "
                    + ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(pool -> pool.getType() == MemoryType.HEAP)
                            .map(MemoryPoolMXBean::getPeakUsage)
                            .mapToLong(MemoryUsage::getUsed)
                            .sum());
        }
        Files.write(
                looks,
                provider.looks().entrySet().stream()
                        .flatMap(each -> each.getValue().stream().map(at -> each.getKey() + " " + at))
                        .collect(Collectors.toList()));
    }
}
