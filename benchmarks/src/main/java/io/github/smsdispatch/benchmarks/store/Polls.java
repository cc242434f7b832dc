package io.github.smsdispatch.benchmarks.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Waits for what tells nobody that it is done. */
final class Polls {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Polls() {}

    /**
     * Waits until the provider has all, and then until nothing is left in the tables.
     *
     * @param left counts what is left
     * @return nanoseconds since the first hand-over
     */
    static long sinceFirst(InstantProvider provider, DataSource dataSource, String left)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!provider.isDone()) {
            TimeUnit.MILLISECONDS.sleep(5);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("still not all were handed over after " + PATIENCE);
            }
        }
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet row = statement.executeQuery(left)) {
                    row.next();
                    if (row.getInt(1) == 0) {
                        return System.nanoTime() - provider.firstAt();
                    }
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }
}
