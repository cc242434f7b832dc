package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.store.rules.StoreTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One transaction: statements over sets of rows, and its time. In SQL {@code ~} stands for the table prefix,
 * {@code {by INDEX}} for {@link Dialect#by}, and {@code (?*)} for the list that {@link #selectIn}, {@link #updateIn}
 * and {@link #insert} fill in. Not thread-safe.
 */
final class Tx {
    /** Keys in one list, and rows in one insert: few round trips, and packets well below every server's limit. */
    private static final int CHUNK = 500;

    private static final int MAX_PARAMETERS = 10_000;

    private static final Pattern BY_INDEX = Pattern.compile("\\{by ([^}]+)}");

    private final Connection connection;
    private final String prefix;
    private final Dialect dialect;
    private final @Nullable InstantSource clock;
    private @Nullable Instant now;

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param clock null: the database's own */
    Tx(Connection connection, String prefix, Dialect dialect, @Nullable InstantSource clock) {
        this.connection = connection;
        this.prefix = prefix;
        this.dialect = dialect;
        this.clock = clock;
    }

    /** The kind of database. */
    Dialect dialect() {
        return dialect;
    }

    /**
     * The store's time when this was first asked for, the same from then on. To be asked after locks were waited for:
     * leases that count from before may be over by then.
     */
    Instant now() throws SQLException {
        Instant known = now;
        if (known == null) {
            known = clock != null
                    ? StoreTime.of(clock.instant())
                    : select("SELECT " + dialect.now(), List.of(), row -> timeIn(row, 1))
                            .get(0);
            now = known;
        }
        return known;
    }

    /** The store's time, where a statement has asked for {@link Dialect#now} as well. */
    Instant timeIn(ResultSet row, int column) throws SQLException {
        return StoreTime.of(clock != null ? clock.instant() : dialect.timeIn(row, column));
    }

    <T> List<T> select(String sql, List<?> arguments, Reader<T> reader) throws SQLException {
        return select(sql, "", arguments, reader);
    }

    private <T> List<T> select(String sql, String list, List<?> arguments, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(sql, list, arguments);
                ResultSet rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    /** Selects for all keys; the other arguments come before the list in the SQL. */
    <T> List<T> selectIn(String sql, List<?> arguments, Collection<?> keys, Reader<T> reader) throws SQLException {
        var found = new ArrayList<T>();
        for (List<?> chunk : chunks(List.copyOf(keys), CHUNK)) {
            found.addAll(select(sql, list(chunk.size()), joined(arguments, chunk), reader));
        }
        return found;
    }

    int update(String sql, List<? extends @Nullable Object> arguments) throws SQLException {
        return update(sql, "", arguments);
    }

    private int update(String sql, String list, List<? extends @Nullable Object> arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, list, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** Updates for all keys; the other arguments come before the list in the SQL. Returns how many rows. */
    int updateIn(String sql, List<? extends @Nullable Object> arguments, Collection<?> keys) throws SQLException {
        int updated = 0;
        for (List<?> chunk : chunks(List.copyOf(keys), CHUNK)) {
            updated += update(sql, list(chunk.size()), joined(arguments, chunk));
        }
        return updated;
    }

    /**
     * Inserts rows, many with one statement. A column that is null in all of them is left out: of what a server has to do for
     * short rows, much is to read the statement.
     */
    void insert(String table, String columns, List<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String[] names = columns.split(", ", -1);
        int[] used = IntStream.range(0, names.length)
                .filter(column -> rows.stream().anyMatch(row -> row.get(column) != null))
                .toArray();
        String usedNames = Arrays.stream(used).mapToObj(column -> names[column]).collect(Collectors.joining(", "));
        String insert = "INSERT INTO " + table + " (" + usedNames + ") VALUES (?*)";
        String row = list(used.length);
        for (var chunk : chunks(rows, Math.min(CHUNK, MAX_PARAMETERS / used.length))) {
            var arguments = new ArrayList<@Nullable Object>(chunk.size() * used.length);
            for (List<? extends @Nullable Object> values : chunk) {
                for (int column : used) {
                    arguments.add(values.get(column));
                }
            }
            update(insert, (row + ",").repeat(chunk.size() - 1) + row, arguments);
        }
    }

    /** A row for {@link #insert}. */
    static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private PreparedStatement prepare(String sql, String list, List<? extends @Nullable Object> arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(inFull(sql).replace("(?*)", list));
        try {
            for (int i = 0; i < arguments.size(); i++) {
                Values.bind(statement, i + 1, arguments.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private String inFull(String sql) {
        return BY_INDEX.matcher(sql)
                .replaceAll(hint -> dialect.by(hint.group(1)))
                .replace("~", prefix);
    }

    private static String list(int size) {
        return "(" + "?,".repeat(size - 1) + "?)";
    }

    private static List<@Nullable Object> joined(List<? extends @Nullable Object> first, List<?> second) {
        var all = new ArrayList<@Nullable Object>(first.size() + second.size());
        all.addAll(first);
        all.addAll(second);
        return all;
    }

    private static <T> List<List<T>> chunks(List<? extends T> all, int size) {
        return IntStream.range(0, (all.size() + size - 1) / size)
                .mapToObj(i -> List.<T>copyOf(all.subList(i * size, Math.min(all.size(), (i + 1) * size))))
                .toList();
    }
}
