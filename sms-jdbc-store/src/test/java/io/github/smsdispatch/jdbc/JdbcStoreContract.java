package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.testkit.store.MessageStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** The contract on one database, with a table prefix of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcStoreContract extends MessageStoreContract {
    private static final List<String> TABLES = List.of(
            "message",
            "message_body",
            "message_attribute",
            "attempt",
            "attempt_part",
            "receipt",
            "event",
            "suppression",
            "consent",
            "account",
            "rate");

    private final TestPool pool;
    private final TestPool owner;
    private final String prefix = TestDatabases.prefix();

    JdbcStoreContract(String url) {
        this(url, url);
    }

    /**
     * @param url of the user who the store works as
     * @param ownerUrl of the user who creates the tables
     */
    JdbcStoreContract(String url, String ownerUrl) {
        this.pool = new TestPool(url);
        this.owner = new TestPool(ownerUrl);
    }

    @Override
    protected MessageStore emptyStore(InstantSource clock) {
        JdbcMessageStore.builder(owner).tablePrefix(prefix).build().createSchema();
        execute(TABLES.stream().map(table -> "DELETE FROM " + prefix + table).toList());
        return JdbcMessageStore.builder(pool).tablePrefix(prefix).clock(clock).build();
    }

    @AfterEach
    void everyConnectionIsGivenBack() {
        assertThat(pool.connectionsOut()).isZero();
    }

    @AfterAll
    void dropTables() throws SQLException {
        TestDatabases.dropAll(owner, prefix);
        owner.close();
        pool.close();
    }

    private void execute(List<String> statements) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
