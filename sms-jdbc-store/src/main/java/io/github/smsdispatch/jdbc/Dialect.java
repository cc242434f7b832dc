package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.spi.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the databases differ. */
enum Dialect {
    /** MariaDB from 10.6 and MySQL from 8.0.1: the first with SKIP LOCKED. */
    MYSQL("mysql") {
        @Override
        String now() {
            return "UTC_TIMESTAMP(6)";
        }

        @Override
        Instant timeIn(ResultSet row, int column) throws SQLException {
            return Values.instant(row, column);
        }

        @Override
        void lock(Connection connection, String name, Duration patience) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
                statement.setString(1, name);
                statement.setLong(2, patience.toSeconds());
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next() || row.getInt(1) != 1) {
                        throw new ConfigurationException(
                                "createSchema",
                                "another node has been changing the schema for " + patience.toSeconds() + " s",
                                "wait until it is done; if none is at it, SELECT IS_USED_LOCK('" + name
                                        + "') tells which connection to end");
                    }
                }
            }
        }

        @Override
        void unlock(Connection connection, String name) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("SELECT RELEASE_LOCK(?)")) {
                statement.setString(1, name);
                statement.executeQuery().close();
            }
        }

        /** With old statistics, or for a small table, the optimizer reads, and locks, everything. */
        @Override
        String by(String index) {
            return "FORCE INDEX (" + index + ")";
        }
    },

    /** H2 from 2.2, in its own mode or in that of MySQL. */
    H2("h2") {
        @Override
        String now() {
            return "CURRENT_TIMESTAMP(6)";
        }

        @Override
        Instant timeIn(ResultSet row, int column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant();
        }

        @Override
        void makeDurable(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                try (ResultSet row = statement.executeQuery("SELECT DATABASE_PATH()")) {
                    row.next();
                    if (row.getString(1) == null) {
                        return;
                    }
                }
                // Each time: H2 2.3 keeps the setting in the file, but reports the default again after opening it.
                statement.execute("SET WRITE_DELAY 0");
            } catch (SQLException e) {
                // Only an administrator may.
                log.warn(
                        "WRITE_DELAY of the H2 file could not be set to 0 ({}): what was committed in the last half"
                                + " second may be lost when the process is killed; put WRITE_DELAY=0 into the URL",
                        Failures.describe(e));
            }
        }

        @Override
        void lock(Connection connection, String name, Duration patience) {
            H2Lock.LOCK.lock();
        }

        @Override
        void unlock(Connection connection, String name) {
            H2Lock.LOCK.unlock();
        }
    };

    private static final Logger log = LoggerFactory.getLogger(JdbcMessageStore.class);

    private final String folder;

    Dialect(String folder) {
        this.folder = folder;
    }

    /** Where its migrations lie. */
    String folder() {
        return folder;
    }

    /** A name as people write it, where the database changes the case of what is not quoted. */
    String plainName(String name) {
        return this == H2 ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** Whether a locking select with a limit leaves the rows beyond the limit alone. */
    boolean locksOnlyWhatItReturns() {
        return this == MYSQL;
    }

    /** What is said behind a table to find its rows by an index and in no other way, where that can be said. */
    String by(String index) {
        return "";
    }

    /** What gives the time of the database, in SQL. */
    abstract String now();

    /** Reads the column that {@link #now} made. */
    abstract Instant timeIn(ResultSet row, int column) throws SQLException;

    /** Sees to it, where the database does not by itself, that what is committed outlives the process. */
    void makeDurable(Connection connection) throws SQLException {}

    /**
     * Waits until no other node changes the schema.
     *
     * @throws ConfigurationException if that takes longer than the patience (whole seconds)
     */
    abstract void lock(Connection connection, String name, Duration patience) throws SQLException;

    abstract void unlock(Connection connection, String name) throws SQLException;

    /**
     * An embedded database is open in one process, whose threads this keeps apart. Nodes that share an H2 server have the
     * migrations to rely on, each of which can be run twice.
     */
    private static final class H2Lock {
        static final ReentrantLock LOCK = new ReentrantLock();
    }
}
