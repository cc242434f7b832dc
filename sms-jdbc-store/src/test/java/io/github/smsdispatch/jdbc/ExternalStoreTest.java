package io.github.smsdispatch.jdbc;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = ExternalStoreTest.URL, matches = "jdbc:.+")
@DisplayName("The JDBC store keeps the contract on the database of -D" + ExternalStoreTest.URL + ":")
class ExternalStoreTest extends JdbcStoreContract {
    static final String URL = "sms.test.jdbc-url";

    ExternalStoreTest() {
        super(System.getProperty(URL, ""));
    }
}
