package io.github.smsdispatch.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a transaction needs of a connection that belongs to somebody else, and what it was before. */
final class ConnectionSettings {
    private static final Logger log = LoggerFactory.getLogger(JdbcMessageStore.class);

    private final Connection connection;
    private final boolean autoCommit;
    private final int isolation;

    private ConnectionSettings(Connection connection, boolean autoCommit, int isolation) {
        this.connection = connection;
        this.autoCommit = autoCommit;
        this.isolation = isolation;
    }

    static ConnectionSettings of(Connection connection) throws SQLException {
        return new ConnectionSettings(connection, connection.getAutoCommit(), connection.getTransactionIsolation());
    }

    void begin() throws SQLException {
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        if (autoCommit) {
            connection.setAutoCommit(false);
        }
    }

    /** Never throws: what was committed must not look like a failure. A pool sorts out a broken connection. */
    void restore() {
        try {
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(isolation);
            }
        } catch (SQLException e) {
            log.debug("the settings of a connection could not be restored: {}", Failures.describe(e));
        }
    }
}
