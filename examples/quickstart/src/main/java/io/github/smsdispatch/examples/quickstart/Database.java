package io.github.smsdispatch.examples.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.store.MessageStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database: H2 in the data folder, or the one behind a JDBC URL. */
final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 8;

    /**
     * H2 writes its tables to the file one after the other while other transactions go on, so that a kill may leave a row
     * changed by a transaction of which nothing else is there: from then on nobody can change that row, and whoever tries
     * loops for ever (h2database issue 2080, read 2026-11; seen here with 2.5.252). One connection, one transaction at a
     * time, leaves nothing to be torn apart.
     */
    private static final int CONNECTIONS_TO_A_FILE = 1;

    private static final int SECONDS_TO_CONNECT = 5;

    /** H2's error for a file that another process has open (error code 90020, DATABASE_ALREADY_OPEN_1). */
    private static final int H2_IN_USE = 90020;

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private final HikariDataSource pool;
    private final JdbcMessageStore store;
    private final boolean isFile;

    private Database(HikariDataSource pool, JdbcMessageStore store, boolean isFile) {
        this.pool = pool;
        this.store = store;
        this.isFile = isFile;
    }

    /**
     * Opens it and creates its tables where they are missing.
     *
     * @param clock the simulated time; null: the database's own
     * @throws ConfigurationException if it cannot be used; shows neither URL, user nor password
     */
    static Database open(Options options, @Nullable InstantSource clock) {
        String setting = options.jdbcUrl() == null ? "--data" : "--jdbc-url";
        String url = url(options);
        tryOut(setting, url, credentials(options));
        var pool = new HikariDataSource(poolOf(url, options));
        try {
            JdbcMessageStore.Builder builder = JdbcMessageStore.builder(pool);
            JdbcMessageStore store = (clock == null ? builder : builder.clock(clock)).build();
            store.createSchema();
            store.check();
            return new Database(pool, store, options.jdbcUrl() == null);
        } catch (ConfigurationException e) {
            pool.close();
            throw new ConfigurationException(e.problems().stream()
                    .map(problem -> new ConfigurationProblem(setting, problem.problem(), problem.remedy()))
                    .toList());
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** One connection without the pool, which would wrap what is wrong. */
    private static void tryOut(String setting, String url, Properties credentials) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new ConfigurationException(
                    setting,
                    "names a database that no driver is there for",
                    "use MariaDB, MySQL or H2, or put the jar of the driver into lib/");
        }
        DriverManager.setLoginTimeout(SECONDS_TO_CONNECT);
        try {
            DriverManager.getConnection(url, credentials).close();
        } catch (SQLException e) {
            throw failure(setting, e);
        }
    }

    private static ConfigurationException failure(String setting, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (e.getErrorCode() == H2_IN_USE) {
            return new ConfigurationException(
                    setting, "names a database that another run has open", "wait for it, or name another folder");
        }
        // SQLSTATE classes: 08 connection exception, 28 invalid authorization, 42 and 3D name of the database.
        if (state.startsWith("28")) {
            return new ConfigurationException(
                    setting,
                    "names a database that refuses the user or the password",
                    "correct them in the URL, or in --jdbc-user and SMS_JDBC_PASSWORD");
        }
        if (state.startsWith("08")) {
            return new ConfigurationException(
                    setting,
                    "names a database that cannot be reached",
                    "see that it runs, and that host and port are right");
        }
        if (state.startsWith("42") || state.startsWith("3D")) {
            return new ConfigurationException(
                    setting,
                    "names a database that does not exist, or is closed to this user",
                    "create it: CREATE DATABASE ...; and grant this user all rights on it");
        }
        return new ConfigurationException(
                setting,
                "names a database that cannot be opened (SQLSTATE " + state + ", code " + e.getErrorCode() + ")",
                "look the code up in the manual of the database");
    }

    private static HikariConfig poolOf(String url, Options options) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(options.jdbcUrl() == null ? CONNECTIONS_TO_A_FILE : CONNECTIONS);
        config.setPoolName("quickstart");
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (options.jdbcUrl() != null) {
            config.setUsername(options.jdbcUser());
            config.setPassword(options.jdbcPassword());
        }
        return config;
    }

    private static Properties credentials(Options options) {
        var credentials = new Properties();
        if (options.jdbcUrl() != null && options.jdbcUser() != null) {
            credentials.setProperty("user", options.jdbcUser());
        }
        if (options.jdbcUrl() != null && options.jdbcPassword() != null) {
            credentials.setProperty("password", options.jdbcPassword());
        }
        return credentials;
    }

    /**
     * Every commit goes to the file at once (H2 puts it off by half a second otherwise, and a kill would lose it), and
     * behind what is there: with space used again, files that were killed in a write lost their last commits or could not
     * be opened (seen with 2.5.252 and RETENTION_TIME from 0 to 3 seconds). The file is made small when it is closed. A
     * live run has a file of its own, so that it never sends what was meant for the simulation.
     */
    private static String url(Options options) {
        if (options.jdbcUrl() != null) {
            return options.jdbcUrl();
        }
        Path file = options.data().toAbsolutePath().normalize().resolve(options.live() ? "live" : "simulation");
        return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;REUSE_SPACE=FALSE;COMPRESS=TRUE;DB_CLOSE_ON_EXIT=FALSE";
    }

    /** In words that hold no password. */
    static String describe(Options options) {
        if (options.jdbcUrl() == null) {
            return "H2 in " + Words.path(options.data());
        }
        String kind = options.jdbcUrl().substring("jdbc:".length()).split(":", 2)[0];
        return kind + " (--jdbc-url); ledgers and log in " + Words.path(options.data());
    }

    /**
     * Where what belongs to this database lies beside it: its ledgers. Several databases may share a data folder.
     *
     * @throws ConfigurationException if the folder cannot be made
     */
    static Path folder(Options options) {
        if (options.jdbcUrl() == null) {
            return options.data();
        }
        String address = options.jdbcUrl().split("[?;]", 2)[0].replaceAll("//[^/@]*@", "//");
        UUID name = UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8));
        try {
            return Files.createDirectories(options.data().resolve("database-" + name));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--data", "names a folder in which no other can be made", "name another folder");
        }
    }

    /** The latest time at which a message changed; empty: there is no message. */
    Optional<Instant> latestTime() {
        // Stored in UTC without an offset, whatever the zone of process and database.
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(updated_at) FROM sms_message")) {
            return row.next()
                    ? Optional.ofNullable(row.getObject(1, LocalDateTime.class))
                            .map(time -> time.toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (SQLException e) {
            throw failure("--jdbc-url", e);
        }
    }

    MessageStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        pool.close();
        if (isFile) {
            compact();
        }
    }

    /** A file to which every commit goes at once grows to many times what is in it. */
    private void compact() {
        try (Connection connection = DriverManager.getConnection(pool.getJdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        } catch (SQLException e) {
            log.warn("the database file could not be made small: SQLSTATE {}", e.getSQLState());
        }
    }
}
