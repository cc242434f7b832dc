package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.store.TrackingSeed;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes ids out of the table that is tracked: range by range of its key, each in a transaction of its own, so that neither
 * memory nor locks grow with the table. The table itself is read, without locks, and never written.
 */
final class TrackingSeeds {
    /** Longer than the ids of any provider, short enough for a key in four bytes a character. */
    static final int LONGEST_ID = 190;

    private static final int PAGE = 5000;

    private final Database database;

    TrackingSeeds(Database database) {
        this.database = database;
    }

    private record Page(@Nullable Object last, TrackingSeed seed) {}

    TrackingSeed seed(TrackedTable table) {
        TrackingSeed sum = new TrackingSeed(0, table.key().equals(table.id()) ? withoutId(table) : 0, 0);
        @Nullable Object after = null;
        do {
            @Nullable Object from = after;
            Page page = database.run("to take ids in", tx -> page(tx, table, from));
            sum = new TrackingSeed(
                    sum.added() + page.seed().added(),
                    sum.empty() + page.seed().empty(),
                    sum.tooLong() + page.seed().tooLong());
            after = page.last();
        } while (after != null);
        return sum;
    }

    /** A walk by the ids passes over what has none. */
    private long withoutId(TrackedTable table) {
        return database.read("to count rows without an id", tx -> tx.select(
                        "SELECT COUNT(*) FROM " + table.source() + " WHERE " + table.id() + " IS NULL",
                        List.of(),
                        row -> row.getLong(1))
                .get(0));
    }

    private static Page page(Tx tx, TrackedTable table, @Nullable Object after) throws SQLException {
        Range range = range(tx, table, after);
        String id = "t." + table.id();
        TrackingSeed skipped = tx.select(
                        "SELECT COUNT(CASE WHEN " + id + " IS NULL OR TRIM(" + id + ") = '' THEN 1 END),"
                                + " COUNT(CASE WHEN CHAR_LENGTH(" + id + ") > " + LONGEST_ID + " THEN 1 END) FROM "
                                + table.source() + " t WHERE " + range.condition(),
                        range.arguments(),
                        row -> new TrackingSeed(0, row.getLong(1), row.getLong(2)))
                .get(0);
        Instant now = tx.now();
        var arguments = new ArrayList<Object>(List.of(MessageState.SENT.name(), now, now));
        arguments.addAll(range.arguments());
        // IGNORE: another process may take the same in meanwhile. In H2 it is run again then.
        String insert = tx.dialect() == Dialect.MYSQL ? "INSERT IGNORE INTO " : "INSERT INTO ";
        int added = tx.update(
                insert + table.status()
                        + " (provider_message_id, state, since, looks, misses, next_at) SELECT DISTINCT "
                        + id + ", " + text(tx) + ", " + time(tx) + ", 0, 0, " + time(tx) + " FROM " + table.source()
                        + " t WHERE " + range.condition() + " AND " + id + " IS NOT NULL AND TRIM(" + id
                        + ") <> '' AND CHAR_LENGTH(" + id + ") <= " + LONGEST_ID + " AND NOT EXISTS (SELECT 1 FROM "
                        + table.status() + " s WHERE s.provider_message_id = " + id + ")",
                arguments);
        return new Page(range.last(), new TrackingSeed(added, skipped.empty(), skipped.tooLong()));
    }

    /** H2 must be told what a parameter in a select list is. */
    private static String text(Tx tx) {
        return tx.dialect() == Dialect.H2 ? "CAST(? AS VARCHAR(12))" : "?";
    }

    private static String time(Tx tx) {
        return tx.dialect() == Dialect.H2 ? "CAST(? AS TIMESTAMP(6))" : "?";
    }

    /** @param last where the next one begins; null: this is the last */
    private record Range(String condition, List<Object> arguments, @Nullable Object last) {}

    private static Range range(Tx tx, TrackedTable table, @Nullable Object after) throws SQLException {
        String key = "t." + table.key();
        String condition = after == null ? key + " IS NOT NULL" : key + " > ?";
        List<Object> arguments = after == null ? List.of() : List.of(after);
        List<Object> last = tx.select(
                "SELECT " + key + " FROM " + table.source() + " t WHERE " + condition + " ORDER BY " + key
                        + " LIMIT 1 OFFSET " + (PAGE - 1),
                arguments,
                row -> Objects.requireNonNull(row.getObject(1)));
        if (last.isEmpty()) {
            return new Range(condition, arguments, null);
        }
        var both = new ArrayList<>(arguments);
        both.add(last.get(0));
        return new Range(condition + " AND " + key + " <= ?", both, last.get(0));
    }
}
