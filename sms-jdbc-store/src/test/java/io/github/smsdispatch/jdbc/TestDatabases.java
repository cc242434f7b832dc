package io.github.smsdispatch.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.condition.OS;

/** Fresh databases of each kind that can be had here, and a look into their tables. */
final class TestDatabases {
    private TestDatabases() {}

    static Stream<String> urls() {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        var urls = new ArrayList<String>();
        urls.add("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        if (OS.LINUX.isCurrentOs()) {
            urls.add(MariaDbServer.url(name));
        }
        // Tables of an external database are told apart by their prefix only: see ExternalStoreTest.
        return urls.stream();
    }

    /** The same, and the one of {@link ExternalStoreTest}, for tests that keep to tables of their own prefix and drop them. */
    static Stream<String> urlsAndExternal() {
        return Stream.concat(urls(), external());
    }

    /** None, unless it was given. */
    static Stream<String> external() {
        return Stream.ofNullable(System.getProperty(ExternalStoreTest.URL));
    }

    /** A prefix that nobody else has. */
    static String prefix() {
        return "t" + Long.toString(System.nanoTime(), 36) + "_";
    }

    /** The address for a user who may read and write rows and nothing else; see {@link #ofUser}. */
    static String ofRunner(String rootUrl) throws SQLException {
        return ofUser(rootUrl, "runner", "");
    }

    /**
     * The address for a user who may read and write rows, and has more rights in this database; makes one.
     *
     * @param rootUrl an address with {@code user=root}, who has no password
     * @param more as in GRANT; may be empty
     */
    static String ofUser(String rootUrl, String name, String more) throws SQLException {
        try (var pool = new TestPool(rootUrl)) {
            String database = column(pool, "SELECT DATABASE()").get(0);
            execute(
                    pool,
                    "CREATE USER IF NOT EXISTS '" + name + "'@'localhost' IDENTIFIED BY 'invented'",
                    "GRANT SELECT, INSERT, UPDATE, DELETE" + (more.isEmpty() ? "" : ", " + more) + " ON " + database
                            + ".* TO '" + name + "'@'localhost'");
        }
        return rootUrl.replace("user=root", "user=" + name + "&password=invented")
                .replace("createDatabaseIfNotExist=true", "");
    }

    static String product(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Drops whatever has a name with the prefix. */
    static void dropAll(DataSource dataSource, String prefix) {
        for (String kind : List.of("VIEW", "TABLE")) {
            for (String name : names(dataSource, prefix, kind)) {
                execute(dataSource, "DROP " + kind + " " + quoted(dataSource, name));
            }
        }
    }

    /** The names of tables and views with the prefix, without it. */
    static List<String> names(DataSource dataSource, String prefix) {
        return Stream.of("VIEW", "TABLE")
                .flatMap(kind -> names(dataSource, prefix, kind).stream())
                .map(name -> name.toLowerCase(Locale.ROOT).substring(prefix.length()))
                .sorted()
                .toList();
    }

    private static List<String> names(DataSource dataSource, String prefix, String kind) {
        return column(
                dataSource,
                "SELECT table_name FROM information_schema.tables WHERE LOWER(table_name) LIKE '"
                        + prefix.replace("_", "!_") + "%' ESCAPE '!' AND table_type LIKE '%" + kind + "'");
    }

    private static String quoted(DataSource dataSource, String name) {
        try (Connection connection = dataSource.getConnection()) {
            String quote = connection.getMetaData().getIdentifierQuoteString();
            return quote + name + quote;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> column(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(Optional.ofNullable(rows.getString(1)).orElse("null"));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(DataSource dataSource, String... statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
