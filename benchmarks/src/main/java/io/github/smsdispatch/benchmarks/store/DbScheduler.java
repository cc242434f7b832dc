package io.github.smsdispatch.benchmarks.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.jdbc.MySQL8JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * db-scheduler with a one-time task a message, which it deletes when it is done: it keeps no record of what was sent. The
 * clock starts with the first hand-over, so that its polling interval does not count.
 */
final class DbScheduler implements Turn {
    private final HikariDataSource dataSource;
    private final InstantProvider provider;
    private final Scheduler scheduler;

    private DbScheduler(HikariDataSource dataSource, InstantProvider provider, Scheduler scheduler) {
        this.dataSource = dataSource;
        this.provider = provider;
        this.scheduler = scheduler;
    }

    /** With the strategy that it uses on MariaDB: read what is due, and lock each by its version when its turn comes. */
    static DbScheduler fetching(HikariDataSource dataSource, int messages, int threads) throws SQLException {
        return open(dataSource, messages, threads, builder -> builder.pollUsingFetch(0.5, 4.0));
    }

    /** With the strategy that it uses on MySQL 8: lock what is due with SKIP LOCKED, many with one statement. */
    static DbScheduler locking(HikariDataSource dataSource, int messages, int threads) throws SQLException {
        return open(dataSource, messages, threads, builder -> builder.pollUsingLockAndFetch(1.0, 4.0)
                .jdbcCustomization(new MySQL8JdbcCustomization(true)));
    }

    /** How it looks for what is due. */
    @FunctionalInterface
    private interface Polling {
        SchedulerBuilder in(SchedulerBuilder builder);
    }

    private static DbScheduler open(HikariDataSource dataSource, int messages, int threads, Polling polling)
            throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE scheduled_tasks (
                      task_name VARCHAR(100) NOT NULL, task_instance VARCHAR(100) NOT NULL, task_data BLOB,
                      execution_time TIMESTAMP(6) NOT NULL, picked BOOLEAN NOT NULL, picked_by VARCHAR(50),
                      last_success TIMESTAMP(6) NULL, last_failure TIMESTAMP(6) NULL, consecutive_failures INT,
                      last_heartbeat TIMESTAMP(6) NULL, version BIGINT NOT NULL, priority SMALLINT,
                      PRIMARY KEY (task_name, task_instance),
                      INDEX execution_time_idx (execution_time),
                      INDEX last_heartbeat_idx (last_heartbeat)
                    )""");
        }
        var provider = new InstantProvider(messages, 1);
        OneTimeTask<String> task =
                Tasks.oneTime("send", String.class).execute((instance, context) -> provider.take(instance.getData()));
        Scheduler scheduler = polling.in(Scheduler.create(dataSource, task)
                        .threads(threads)
                        .alwaysPersistTimestampInUTC()
                        .pollingInterval(Duration.ofMillis(100)))
                .build();
        Instant now = Instant.now();
        scheduler.scheduleBatch(
                IntStream.range(0, messages)
                        .<TaskInstance<?>>mapToObj(
                                i -> new TaskInstance<>("send", Integer.toString(i), Campaign.text(i))),
                now);
        return new DbScheduler(dataSource, provider, scheduler);
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public long run() throws Exception {
        scheduler.start();
        return Polls.sinceFirst(provider, dataSource, "SELECT COUNT(*) FROM scheduled_tasks");
    }

    @Override
    public void check() throws SQLException {
        provider.expectEachOnce();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM scheduled_tasks")) {
            row.next();
            if (row.getInt(1) != 0) {
                throw new IllegalStateException(row.getInt(1) + " tasks are left");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        scheduler.stop();
        MariaDb.drop(dataSource);
    }
}
