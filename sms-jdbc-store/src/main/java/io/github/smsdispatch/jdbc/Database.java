package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions on the data source: READ COMMITTED, run again when they lose against another. Thread-safe. */
final class Database {
    private static final Logger log = LoggerFactory.getLogger(JdbcMessageStore.class);

    /** After this no other try begins: who waited long for a lock is told rather than kept waiting. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long FIRST_PAUSE_MILLIS = 4;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final DataSource dataSource;
    private final String prefix;
    private final @Nullable InstantSource clock;
    private final Duration patience;
    private volatile @Nullable Dialect dialect;
    private final boolean hasSchema;
    private volatile boolean schemaChecked;

    /** What is done in a transaction; may be run several times. */
    @FunctionalInterface
    interface Work<T> {
        T run(Tx tx) throws SQLException;
    }

    /** @param clock null: the database's own */
    Database(DataSource dataSource, String prefix, @Nullable InstantSource clock) {
        this(dataSource, prefix, clock, PATIENCE);
    }

    Database(DataSource dataSource, String prefix, @Nullable InstantSource clock, Duration patience) {
        this(dataSource, prefix, clock, patience, true);
    }

    private Database(
            DataSource dataSource, String prefix, @Nullable InstantSource clock, Duration patience, boolean hasSchema) {
        this.hasSchema = hasSchema;
        this.patience = patience;
        this.dataSource = dataSource;
        this.prefix = prefix;
        this.clock = clock;
    }

    /** One where tables of the store need not be. */
    static Database ofOthers(DataSource dataSource, @Nullable InstantSource clock) {
        return new Database(dataSource, "", clock, PATIENCE, false);
    }

    /**
     * Runs a transaction.
     *
     * @param what what it does, for error messages
     * @throws StoreException if it cannot be run at the moment
     */
    <T> T run(String what, Work<T> work) {
        return onConnection(what, connection -> inTransaction(connection, work));
    }

    /**
     * Runs statements that only read, each of which may see what was committed since the one before, as they may in a
     * transaction of ours; so where the connection commits by itself, nothing else need be sent.
     *
     * @param what what they do, for error messages
     * @throws StoreException if they cannot be run at the moment
     */
    <T> T read(String what, Work<T> work) {
        return onConnection(
                what,
                connection -> connection.getAutoCommit() ? work.run(tx(connection)) : inTransaction(connection, work));
    }

    /** What is done on a connection; may be run several times. */
    @FunctionalInterface
    private interface Turn<T> {
        T take(Connection connection) throws SQLException;
    }

    private <T> T onConnection(String what, Turn<T> turn) {
        long startedNanos = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                return once(turn);
            } catch (SQLException e) {
                if (!mayBeRunAgain(e, tries, System.nanoTime() - startedNanos)) {
                    throw Failures.storeException(what, e, tries);
                }
                log.debug("{} is run again after {}", what, Failures.describe(e));
                pause(what, e, tries);
            }
        }
    }

    /** Not after a commit whose answer was lost: if it happened, a second run would report what its first one did as not done. */
    private boolean mayBeRunAgain(SQLException e, int tries, long sinceNanos) {
        return !(e instanceof Failures.CommitUnknown)
                && tries < Fault.of(e).mostTries()
                && sinceNanos < patience.toNanos();
    }

    /** Applies the migrations that are missing. */
    void createSchema() {
        open("the schema could not be created", connection -> {
            migrations(connection).apply(connection);
            dialect(connection).makeDurable(connection);
        });
    }

    /** The schema as SQL. */
    String schemaSql() {
        var sql = new StringBuilder();
        open(
                "the kind of database could not be found out",
                connection -> sql.append(migrations(connection).sql()));
        return sql.toString();
    }

    /** Looks whether the database is there and has the right schema. */
    void check() {
        open("the database cannot be used", connection -> migrations(connection).check(connection));
        schemaChecked = true;
    }

    /** What is done at start, without a transaction. */
    @FunctionalInterface
    private interface Opening {
        void run(Connection connection) throws SQLException;
    }

    private void open(String problem, Opening opening) {
        try (Connection connection = connect()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                opening.run(connection);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            var failure = new ConfigurationException(
                    "dataSource",
                    problem + " (" + Failures.describe(e) + "): " + Fault.of(e).problem(),
                    Fault.of(e).remedy());
            failure.initCause(Failures.withoutData(e));
            throw failure;
        }
    }

    private Migrations migrations(Connection connection) throws SQLException {
        return new Migrations(dialect(connection), prefix);
    }

    private <T> T once(Turn<T> turn) throws SQLException {
        try (Connection connection = connect()) {
            try {
                return turn.take(connection);
            } catch (SQLException e) {
                Fault fault = Fault.of(e);
                if (fault == Fault.SCHEMA) {
                    schemaChecked = false; // the next look says what is wrong
                }
                if (fault.isOfTheConnection()) {
                    abort(connection, e);
                }
                throw e;
            }
        }
    }

    private <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        Tx tx = tx(connection);
        var settings = ConnectionSettings.of(connection);
        settings.begin();
        boolean over = false;
        try {
            T result = work.run(tx);
            commit(connection);
            over = true;
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            over = rollback(connection, e);
            throw e;
        } finally {
            // Auto-commit would commit what is still open.
            if (over) {
                settings.restore();
            }
        }
    }

    private Tx tx(Connection connection) throws SQLException {
        Dialect known = dialect(connection);
        if (hasSchema && !schemaChecked) {
            new Migrations(known, prefix).check(connection);
            schemaChecked = true;
        }
        return new Tx(connection, prefix, known, clock);
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw Fault.of(e).isUndone() ? e : new Failures.CommitUnknown(e);
        }
    }

    private Connection connect() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw new Failures.NoConnection(e);
        }
    }

    private Dialect dialect(Connection connection) throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            known = Product.of(connection).dialect();
            dialect = known;
        }
        return known;
    }

    /** Returns whether the transaction is over; if not, the connection is of no use to anybody. */
    private static boolean rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            cause.addSuppressed(Failures.withoutData(e));
            abort(connection, cause);
            return false;
        }
    }

    /** Cuts the connection below the pool, so that the server rolls back and the pool does not hand it out again. */
    private static void abort(Connection connection, Throwable cause) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            cause.addSuppressed(Failures.withoutData(e));
        }
    }

    private static void pause(String what, SQLException cause, int tries) {
        long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << tries);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.storeException(what, cause, tries);
        }
    }
}
