package io.github.smsdispatch.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that go in with one statement, which is prepared once for each number of rows. */
final class RowInsert implements AutoCloseable {
    private final Connection connection;
    private final String head;
    private final String row;
    private final String tail;
    private final Map<Integer, PreparedStatement> statements = new HashMap<>();
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /**
     * @param head up to VALUES
     * @param width how many values a row has
     * @param tail what comes after the rows
     */
    RowInsert(Connection connection, String head, int width, String tail) {
        this.connection = connection;
        this.head = head + " VALUES ";
        this.row = "(" + "?,".repeat(width - 1) + "?)";
        this.tail = tail;
    }

    void add(@Nullable Object... values) {
        rows.add(values);
    }

    void flush() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        PreparedStatement statement = statements.get(rows.size());
        if (statement == null) {
            statement = connection.prepareStatement(head + (row + ",").repeat(rows.size() - 1) + row + tail);
            statements.put(rows.size(), statement);
        }
        int index = 0;
        for (Object[] values : rows) {
            for (Object value : values) {
                statement.setObject(++index, value);
            }
        }
        statement.executeUpdate();
        rows.clear();
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }
}
