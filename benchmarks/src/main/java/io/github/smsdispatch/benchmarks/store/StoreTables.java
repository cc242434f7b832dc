package io.github.smsdispatch.benchmarks.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The few places where a benchmark reaches into the store's tables, because no API does what it wants. */
final class StoreTables {
    private StoreTables() {}

    /** Makes every message that waits for a look-up wait no longer. */
    static void makeLookUpsDue(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE sms_message SET next_at = UTC_TIMESTAMP(6) WHERE queue > 10 AND MOD(queue, 10) = 4");
        }
    }
}
