package io.github.smsdispatch.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Locks the first rows of a table that nobody else has locked.
 *
 * <p>MariaDB and MySQL do so with one statement. H2 locks all rows that a condition meets before it sorts and limits
 * them (2.3 and 2.5, EXPLAIN ANALYZE), so that one claim would hide a whole lane from all others: there the keys are
 * read without a lock, in the order of an index, and locked afterwards.
 *
 * @param columns what to read
 * @param table the table, with its alias if it has one
 * @param key the column of the key
 * @param keys reads the key where it is the only column
 * @param rows reads the columns
 * @param <K> the key
 * @param <T> what a row becomes
 */
record FreeRows<K, T>(String columns, String table, String key, Tx.Reader<K> keys, Tx.Reader<T> rows) {
    /** How many keys further the second look goes when others have locked some of those in front. */
    private static final int FURTHER = 2000;

    /** Rows locked at once in the search for a few that are free; those too many are let go with the transaction. */
    private static final int LEAST_BATCH = 50;

    /**
     * Locks rows.
     *
     * @param order all columns of an index, so that it gives the order
     */
    List<T> lock(Tx tx, String condition, List<?> arguments, String order, int limit) throws SQLException {
        return tx.dialect().locksOnlyWhatItReturns()
                ? tx.select(
                        "SELECT " + columns + " FROM " + table + " WHERE " + condition + " ORDER BY " + order
                                + " LIMIT " + limit + " FOR UPDATE SKIP LOCKED",
                        arguments,
                        rows)
                : lockByKeys(tx, condition, arguments, order, limit);
    }

    private List<T> lockByKeys(Tx tx, String condition, List<?> arguments, String order, int limit)
            throws SQLException {
        var locked = new ArrayList<T>();
        Set<K> tried = new HashSet<>();
        for (int most : new int[] {limit, limit + FURTHER}) {
            List<K> found = tx.select(
                    "SELECT " + key + " FROM " + table + " WHERE " + condition + " ORDER BY " + order + " LIMIT "
                            + most,
                    arguments,
                    keys);
            List<K> fresh = found.stream().filter(tried::add).toList();
            for (int from = 0; from < fresh.size() && locked.size() < limit; ) {
                int to = Math.min(fresh.size(), from + Math.max(limit - locked.size(), from == 0 ? 1 : LEAST_BATCH));
                locked.addAll(tx.selectIn(
                        "SELECT " + columns + " FROM " + table + " WHERE " + condition + " AND " + key
                                + " IN (?*) ORDER BY " + order + " FOR UPDATE SKIP LOCKED",
                        arguments,
                        fresh.subList(from, to),
                        rows));
                from = to;
            }
            if (locked.size() >= limit || found.size() < most) {
                break;
            }
        }
        return locked.size() <= limit ? locked : List.copyOf(locked.subList(0, limit));
    }
}
