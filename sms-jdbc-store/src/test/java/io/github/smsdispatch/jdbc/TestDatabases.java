package io.github.smsdispatch.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
