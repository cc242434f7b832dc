package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.store.rules.KeptText;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's table with a column of provider ids, as it is called in the database, and what we call ours. Names are looked up
 * first and quoted always, so that nothing that a user types is taken for SQL.
 *
 * @param source the table or view, quoted
 * @param id its column of ids, quoted
 * @param key a column by which it can be walked in order, quoted: its primary key, or the ids themselves
 * @param charset the character set of the ids; null where the database has one only
 * @param name the name of the status table, for people
 * @param status the table that we make, quoted
 * @param due its index by time, quoted
 * @param sweep the other one, quoted
 */
record TrackedTable(
        String source,
        String id,
        String key,
        @Nullable String charset,
        String name,
        String status,
        String due,
        String sweep) {
    /** A name that holds whatever is quoted, and in which nothing of ours is replaced. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_$ .#-]+");

    /** Of MySQL and MariaDB (MySQL 9 manual, "Identifier Length Limits"); we add {@code _status_sweep}. */
    private static final int LONGEST = 64 - "_status_sweep".length();

    private static final Pattern CHARSET = Pattern.compile("[a-z0-9]+");

    private static final Set<String> TEXTS = Set.of(
            "char",
            "varchar",
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "character",
            "character varying",
            "character large object",
            "varchar_ignorecase");

    /** Kinds of keys that come back from the database as they went out. */
    private static final Set<String> KEYS = Set.of(
            "tinyint",
            "smallint",
            "mediumint",
            "int",
            "integer",
            "bigint",
            "char",
            "varchar",
            "character",
            "character varying");

    private record Column(String name, String type, @Nullable String charset) {}

    /**
     * Finds it.
     *
     * @throws ConfigurationException if there is no such table or column, or it holds no texts
     */
    static TrackedTable find(Tx tx, String table, String idColumn) throws SQLException {
        checkName("table", table, LONGEST);
        checkName("idColumn", idColumn, 64);
        String source = sourceName(tx, table);
        List<Column> columns = tx.select(
                "SELECT column_name, data_type, character_set_name FROM information_schema.columns"
                        + " WHERE table_schema = SCHEMA() AND table_name = ? ORDER BY ordinal_position",
                List.of(source),
                row -> new Column(row.getString(1), row.getString(2).toLowerCase(Locale.ROOT), row.getString(3)));
        Column id = column(columns, source, idColumn);
        if (!TEXTS.contains(id.type())) {
            throw new ConfigurationException(
                    "idColumn",
                    "column " + id.name() + " of " + source + " is of type " + id.type()
                            + ", which holds no provider ids",
                    "name the column of character type that holds them");
        }
        // As ours would be written by whoever made theirs: unquoted names are upper case in H2.
        boolean isUpper = source.equals(source.toUpperCase(Locale.ROOT)) && tx.dialect() == Dialect.H2;
        String status = source + (isUpper ? "_STATUS" : "_status");
        return new TrackedTable(
                quoted(tx, source),
                quoted(tx, id.name()),
                quoted(tx, keyOf(tx, source, columns, id)),
                tx.dialect() == Dialect.MYSQL ? charset(id) : null,
                status,
                quoted(tx, status),
                quoted(tx, status + (isUpper ? "_DUE" : "_due")),
                quoted(tx, status + (isUpper ? "_SWEEP" : "_sweep")));
    }

    /**
     * Whether the status table can hold an id; one that it cannot must not cost the page of the log that it is on. Of a column
     * that is not Unicode's it is known of ASCII alone, which the ids of providers are made of.
     */
    boolean canHold(String id) {
        boolean isUnicode = charset == null || charset.equals("utf8mb4");
        return id.length() <= TrackingSeeds.LONGEST_ID
                && (isUnicode
                        ? id.equals(KeptText.of(id, TrackingSeeds.LONGEST_ID))
                        : id.chars().allMatch(unit -> unit < 128));
    }

    private static void checkName(String setting, String name, int longest) {
        if (name.isBlank() || name.length() > longest || !NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    setting,
                    "is no name that can be used: it must have 1 to " + longest
                            + " letters, digits, spaces and the characters _ $ . # -",
                    "correct it, or make a view with such a name and track that");
        }
    }

    private static String sourceName(Tx tx, String table) throws SQLException {
        List<String> found = tx.select(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = SCHEMA()"
                        + " AND LOWER(table_name) = LOWER(?)",
                List.of(table),
                row -> row.getString(1));
        return theOne("table", table, found, "the database has no table or view " + table, "the database");
    }

    private static Column column(List<Column> columns, String source, String idColumn) {
        List<String> found = columns.stream()
                .map(Column::name)
                .filter(name -> name.equalsIgnoreCase(idColumn))
                .toList();
        String names = String.join(", ", columns.stream().map(Column::name).toList());
        String name = theOne(
                "idColumn",
                idColumn,
                found,
                source + " has no column " + idColumn + "; it has " + (names.isEmpty() ? "none" : names),
                source);
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String theOne(String setting, String name, List<String> found, String none, String where) {
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.contains(name)) {
            return name;
        }
        throw found.isEmpty()
                ? new ConfigurationException(setting, none, "correct the name, or the database in the URL")
                : new ConfigurationException(
                        setting,
                        where + " has several that differ by case only: " + String.join(", ", found),
                        "write it as the one that is meant");
    }

    /** The primary key, if it is one column of a plain type: views have none. */
    private static String keyOf(Tx tx, String source, List<Column> columns, Column id) throws SQLException {
        List<String> key = tx.select(
                "SELECT k.column_name FROM information_schema.table_constraints c"
                        + " JOIN information_schema.key_column_usage k ON k.constraint_schema = c.constraint_schema"
                        + " AND k.constraint_name = c.constraint_name AND k.table_name = c.table_name"
                        + " WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = SCHEMA() AND c.table_name = ?",
                List.of(source),
                row -> row.getString(1));
        boolean isPlain = key.size() == 1
                && columns.stream()
                        .anyMatch(column -> column.name().equals(key.get(0)) && KEYS.contains(column.type()));
        return isPlain ? key.get(0) : id.name();
    }

    private static String charset(Column id) {
        String charset = id.charset() == null ? "utf8mb4" : id.charset().toLowerCase(Locale.ROOT);
        if (!CHARSET.matcher(charset).matches()) {
            throw new ConfigurationException("idColumn", "has an unknown character set", "use another column");
        }
        return charset;
    }

    private static String quoted(Tx tx, String name) {
        String quote = tx.dialect() == Dialect.MYSQL ? "`" : "\"";
        // A name of the database's own may hold anything; one that we can use holds none.
        checkName("table", name, 64);
        return quote + name + quote;
    }
}
