package io.github.smsdispatch.jdbc;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only the Linux server comes along; see sms.test.jdbc-url")
@DisplayName("The JDBC store keeps the contract on MariaDB, over connections of another zone:")
class MariaDbStoreTest extends JdbcStoreContract {
    MariaDbStoreTest() {
        super(MariaDbServer.url("contract") + "&timezone=America/St_Johns");
    }
}
