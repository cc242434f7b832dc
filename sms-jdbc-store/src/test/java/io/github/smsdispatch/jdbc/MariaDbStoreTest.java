package io.github.smsdispatch.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only the Linux server comes along; see sms.test.jdbc-url")
@DisplayName(
        "The JDBC store keeps the contract on MariaDB, over connections of another zone, as a user who may not change tables:")
class MariaDbStoreTest extends JdbcStoreContract {
    private static final String OWNER = MariaDbServer.url("contract");

    MariaDbStoreTest() throws SQLException {
        super(
                TestDatabases.ofRunner(OWNER)
                        + "&connectionTimeZone=America/St_Johns&sessionVariables=time_zone='-09:30'",
                OWNER);
    }
}
