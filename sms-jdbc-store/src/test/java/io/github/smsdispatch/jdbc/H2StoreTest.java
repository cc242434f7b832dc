package io.github.smsdispatch.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The JDBC store keeps the contract on H2:")
class H2StoreTest extends JdbcStoreContract {
    H2StoreTest() {
        super("jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1;TIME ZONE=America/St_Johns");
    }
}
