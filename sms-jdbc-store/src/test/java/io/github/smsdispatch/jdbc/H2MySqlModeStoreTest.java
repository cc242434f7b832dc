package io.github.smsdispatch.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The JDBC store keeps the contract on H2 in the mode of MySQL, in a file:")
class H2MySqlModeStoreTest extends JdbcStoreContract {
    H2MySqlModeStoreTest() {
        super("jdbc:h2:file:./target/h2/contract-" + ProcessHandle.current().pid()
                + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    }
}
