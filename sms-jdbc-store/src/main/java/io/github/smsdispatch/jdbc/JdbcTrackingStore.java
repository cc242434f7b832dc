package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.store.LogSweep;
import io.github.smsdispatch.store.SweptPage;
import io.github.smsdispatch.store.TrackedLook;
import io.github.smsdispatch.store.TrackedMessage;
import io.github.smsdispatch.store.TrackingCounts;
import io.github.smsdispatch.store.TrackingSeed;
import io.github.smsdispatch.store.TrackingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the messages of any table, or view, with a column of provider ids, in MariaDB (from 10.6), MySQL (from 8.0.4) or H2
 * (from 2.2.220). The table itself is never altered nor written. What is learned of its messages is in a table beside it, named
 * like it with {@code _status} behind, whose {@code provider_message_id} joins to the ids:
 *
 * <pre>{@code
 * SELECT m.*, s.state, s.error_code
 * FROM assignment_messages m JOIN assignment_messages_status s ON s.provider_message_id = m.message_sid
 * }</pre>
 *
 * <p>{@link #seed} makes that table, and a small one with {@code _status_sweep} behind its name, where they are missing, by the
 * scripts {@code sms-dispatch/tracking/mysql} and {@code …/h2} in the jar. It reads the ids range by range of the primary
 * key; of a view, or a table without a plain one, by the ids themselves: let there be an index on them if there are many.
 * Rows without an id are passed over, and so are ids of more than 190 characters. Names are found whatever their case and
 * always quoted.
 *
 * <p>Each call is a transaction as in {@link JdbcMessageStore}, run again where that is right. All times are by the clock of
 * the database, in UTC. Throws {@link io.github.smsdispatch.store.StoreException} when the database cannot be used, and
 * {@link io.github.smsdispatch.spi.ConfigurationException} when the table or its column is not there, or cannot be used.
 * Thread-safe.
 */
public final class JdbcTrackingStore implements TrackingStore {
    private final Database database;
    private final String table;
    private final String idColumn;
    private volatile @Nullable TrackedTable found;

    private JdbcTrackingStore(Database database, String table, String idColumn) {
        this.database = database;
        this.table = Objects.requireNonNull(table, "table");
        this.idColumn = Objects.requireNonNull(idColumn, "idColumn");
    }

    /**
     * Makes a store; does no I/O.
     *
     * @param table a table or view of the database that the connections lead to
     * @param idColumn its column of provider ids
     */
    public static JdbcTrackingStore of(DataSource dataSource, String table, String idColumn) {
        return of(dataSource, table, idColumn, null);
    }

    /** With a clock in place of the database's, for tests. */
    static JdbcTrackingStore of(DataSource dataSource, String table, String idColumn, @Nullable InstantSource clock) {
        return new JdbcTrackingStore(Database.ofOthers(dataSource, clock), table, idColumn);
    }

    @Override
    public TrackingSeed seed() {
        TrackedTable names = names();
        database.run("to make the status table", tx -> {
            TrackingScripts.apply(tx, names);
            return names;
        });
        return new TrackingSeeds(database).seed(names);
    }

    @Override
    public List<TrackedMessage> claim(int most, Duration lease) {
        TrackingRows rows = rows();
        return database.run("to claim tracked messages", tx -> rows.claim(tx, most, lease));
    }

    @Override
    public void record(List<TrackedLook> looks) {
        if (!looks.isEmpty()) {
            TrackingRows rows = rows();
            database.run("to record look-ups", tx -> {
                rows.record(tx, looks);
                return looks;
            });
        }
    }

    @Override
    public Optional<Duration> nextIn() {
        TrackingRows rows = rows();
        return database.read("to ask when a message is due", rows::nextIn);
    }

    @Override
    public TrackingCounts counts() {
        TrackingRows rows = rows();
        return database.read("to count tracked messages", rows::counts);
    }

    @Override
    public Optional<LogSweep> claimSweep(
            @Nullable Instant from, @Nullable Instant until, Instant endedSince, Duration lease) {
        var sweeps = new TrackingSweeps(names(), rows());
        return database.run("to claim the reading of the log", tx -> sweeps.claim(tx, from, until, endedSince, lease));
    }

    @Override
    public Optional<SweptPage> recordPage(
            LogSweep sweep, List<TrackedLook> page, @Nullable String next, boolean imports, Duration lease) {
        var sweeps = new TrackingSweeps(names(), rows());
        return database.run("to record a page of the log", tx -> sweeps.record(tx, sweep, page, next, imports, lease));
    }

    @Override
    public Instant now() {
        return database.read("to ask for the time", Tx::now);
    }

    /** The name of the status table, as it is in the database. */
    public String statusTable() {
        return names().name();
    }

    private TrackingRows rows() {
        return new TrackingRows(names());
    }

    private TrackedTable names() {
        TrackedTable known = found;
        if (known == null) {
            known = database.read("to find the table", tx -> TrackedTable.find(tx, table, idColumn));
            found = known;
        }
        return known;
    }
}
