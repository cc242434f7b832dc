package io.github.smsdispatch.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A statement with a list of keys in it, which is prepared once for each length. */
final class Lists implements AutoCloseable {
    private final Connection connection;
    private final String sql;
    private final Map<Integer, PreparedStatement> statements = new HashMap<>();

    /** @param sql with {@code (?*)} for the list, and without any other parameter after it */
    Lists(Connection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    /** The statement with its parameters set: those before the list, and the list. */
    PreparedStatement with(List<byte[]> keys, Object... before) throws SQLException {
        PreparedStatement statement = statements.get(keys.size());
        if (statement == null) {
            statement = connection.prepareStatement(sql.replace("(?*)", "(" + "?,".repeat(keys.size() - 1) + "?)"));
            statements.put(keys.size(), statement);
        }
        int index = 0;
        for (Object value : before) {
            statement.setObject(++index, value);
        }
        for (byte[] key : keys) {
            statement.setBytes(++index, key);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }
}
