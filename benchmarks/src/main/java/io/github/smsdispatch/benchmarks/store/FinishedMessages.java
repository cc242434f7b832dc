package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fills the store's tables with messages that are DELIVERED: the engine sends some, and the server copies their rows,
 * whatever tables there are, under other ids.
 */
final class FinishedMessages {
    private static final int SEEDS = 1000;

    /** Seeds in one transaction. */
    private static final int AT_ONCE = 10;

    /** How a copy's column is made: of the column itself, and of {@code k.seq}, the number of the copy. */
    private record Column(String name, String type, boolean counts) {
        String copied() {
            if (type.equals("binary(16)")) {
                // The end of a UUID of version 7 is random: the copy lies beside its seed in time.
                return "UNHEX(CONCAT(LEFT(HEX(s." + name + "), 24), LPAD(HEX(k.seq), 8, '0')))";
            }
            if (type.equals("binary(32)")) {
                return "UNHEX(SHA2(CONCAT(HEX(s." + name + "), k.seq), 256))";
            }
            return name.equals("provider_message_id") ? "CONCAT(s." + name + ", '-', k.seq)" : "s." + name;
        }
    }

    private FinishedMessages() {}

    static void fill(HikariDataSource dataSource, int messages, int batch) throws Exception {
        var settings = new EngineTurn.Settings(SEEDS, batch, 1, StoreBenchmark.wide());
        EngineTurn seeds = EngineTurn.sync(dataSource, settings);
        seeds.run();
        seeds.check();
        seeds.leave();
        int copies = messages / SEEDS - 1;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // Only what is measured must be durable.
            statement.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 0");
            statement.execute("SET unique_checks = 0");
            List<String> ids = column(statement, "SELECT HEX(id) FROM sms_message ORDER BY id");
            for (int from = 0; from < SEEDS && copies > 0; from += AT_ONCE) {
                String first = ids.get(from);
                String last = ids.get(Math.min(SEEDS, from + AT_ONCE) - 1);
                copy(statement, "sms_message", "id", first, last, copies);
                copy(statement, "sms_message_body", "id", first, last, copies);
                copy(statement, "sms_attempt", "message_id", first, last, copies);
                copy(statement, "sms_attempt_part", "message_id", first, last, copies);
                copy(statement, "sms_event", "message_id", first, last, copies);
                if (from % 100 == 0) {
                    System.err.printf("%,d finished messages%n", (from + AT_ONCE) * copies);
                }
            }
            statement.execute("SET unique_checks = 1");
            statement.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
            statement.execute("ANALYZE TABLE sms_message, sms_message_body, sms_attempt, sms_attempt_part, sms_event");
        }
    }

    private static void copy(Statement statement, String table, String key, String first, String last, int copies)
            throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("SELECT column_name, column_type, extra = 'auto_increment'"
                + " FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '" + table
                + "' ORDER BY ordinal_position")) {
            while (row.next()) {
                columns.add(new Column(row.getString(1), row.getString(2), row.getBoolean(3)));
            }
        }
        columns.removeIf(Column::counts);
        // In the order of the keys, as such rows came in.
        statement.executeUpdate("INSERT INTO " + table + " ("
                + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + ") SELECT "
                + columns.stream().map(Column::copied).collect(Collectors.joining(", "))
                + " FROM (SELECT * FROM " + table + " WHERE " + key + " BETWEEN UNHEX('" + first + "') AND UNHEX('"
                + last + "')) s JOIN seq_1_to_" + copies + " k ORDER BY s." + key + ", k.seq");
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
