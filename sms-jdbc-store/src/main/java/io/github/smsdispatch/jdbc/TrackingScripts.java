package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.spi.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** Makes the tables beside a table that is tracked, by the scripts in the jar. Only where they are missing: it takes a right. */
final class TrackingScripts {
    private static final List<String> SCRIPTS = List.of("V001__status.sql", "V002__sweep.sql");

    private TrackingScripts() {}

    /**
     * Makes what is missing.
     *
     * @throws ConfigurationException if there is a table of that name with other columns
     */
    static void apply(Tx tx, TrackedTable table) throws SQLException {
        if (!isThere(tx, table)) {
            // H2 may fail when two threads make the same table.
            synchronized (TrackingScripts.class) {
                make(tx, table);
            }
        }
    }

    private static void make(Tx tx, TrackedTable table) throws SQLException {
        for (String script : SCRIPTS) {
            String sql = text(tx.dialect(), script)
                    .replace("${status}", table.status())
                    .replace("${sweep}", table.sweep())
                    .replace("${due}", table.due())
                    .replace("${charset}", String.valueOf(table.charset()));
            for (String statement : sql.split(";\\s*\n", -1)) {
                if (statement.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("--"))) {
                    tx.update(statement, List.of());
                }
            }
        }
        isThere(tx, table);
    }

    private static boolean isThere(Tx tx, TrackedTable table) throws SQLException {
        try {
            tx.select(
                    "SELECT " + TrackingRows.COLUMNS + " FROM " + table.status() + " WHERE 1 = 0", List.of(), row -> 1);
            tx.select(
                    "SELECT " + TrackingSweeps.COLUMNS + " FROM " + table.sweep() + " WHERE 1 = 0",
                    List.of(),
                    row -> 1);
            return true;
        } catch (SQLException e) {
            if ("42S22".equals(e.getSQLState())) {
                var failure = new ConfigurationException(
                        "table",
                        "the database has a table " + table.name() + " or " + table.name()
                                + "_sweep with other columns, which is not ours",
                        "rename it, or make a view of your table under another name and track that");
                failure.initCause(Failures.withoutData(e));
                throw failure;
            }
            if (!Failures.isMissingTable(e)) {
                throw e;
            }
            return false;
        }
    }

    private static String text(Dialect dialect, String script) {
        String path = "/sms-dispatch/tracking/" + dialect.folder() + "/" + script;
        try (InputStream in = TrackingScripts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
