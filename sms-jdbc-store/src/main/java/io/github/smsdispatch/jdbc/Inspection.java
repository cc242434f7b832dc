package io.github.smsdispatch.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the database says of the tables in it, one statement for each question. */
record Inspection(Connection connection, Dialect dialect) {
    /** Two tables that each set of ours has: one name alone may be somebody else's. */
    private static final String VERSIONS = "schema_version";

    private static final String PARTS = "attempt_part";

    /** The columns of tables whose names begin so, by table, all in lower case. */
    Map<String, Set<String>> columns(String prefix) throws SQLException {
        var found = new HashMap<String, Set<String>>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT table_name, column_name FROM information_schema.columns"
                        + " WHERE table_schema = SCHEMA() AND LOWER(table_name) LIKE ? ESCAPE '!'")) {
            statement.setString(1, escaped(prefix.toLowerCase(Locale.ROOT)) + "%");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getString(1).toLowerCase(Locale.ROOT), table -> new HashSet<>())
                            .add(rows.getString(2).toLowerCase(Locale.ROOT));
                }
            }
        }
        return found;
    }

    /** What the names of other sets of our tables begin with, in the order of the alphabet. */
    List<String> otherPrefixes(String prefix) throws SQLException {
        var names = new ArrayList<String>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = SCHEMA()"
                        + " AND (LOWER(table_name) LIKE ? ESCAPE '!' OR LOWER(table_name) LIKE ? ESCAPE '!')")) {
            statement.setString(1, "%" + escaped(VERSIONS));
            statement.setString(2, "%" + escaped(PARTS));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(dialect.plainName(rows.getString(1)));
                }
            }
        }
        String own = dialect.plainName(prefix);
        return names.stream()
                .filter(name -> name.endsWith(VERSIONS))
                .map(name -> name.substring(0, name.length() - VERSIONS.length()))
                .filter(other -> !other.equals(own) && names.contains(other + PARTS))
                .sorted()
                .toList();
    }

    private static String escaped(String name) {
        return name.replace("_", "!_");
    }
}
