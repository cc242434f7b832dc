package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.StoreException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * On a real server with {@code read_only}, which a user without READ ONLY ADMIN obeys. The other tests' user does not:
 * for it the same server is the primary.
 */
@EnabledOnOs(OS.LINUX)
@DisplayName("A database that only lets us read")
class ReadOnlyDatabaseTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final String primary =
            MariaDbServer.url("d" + UUID.randomUUID().toString().replace("-", ""));
    private final String replica =
            primary.replace("user=root", "user=reader&password=invented").replace("createDatabaseIfNotExist=true", "");
    private final TestPool admin = new TestPool(primary);
    private final Message message = Message.to("+12025550123").text("Hello").build();

    @BeforeEach
    void prepare() {
        JdbcMessageStore.builder(admin).build().createSchema();
        TestDatabases.execute(
                admin,
                "CREATE USER IF NOT EXISTS 'reader'@'localhost' IDENTIFIED BY 'invented'",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, CREATE VIEW ON *.* TO 'reader'@'localhost'");
    }

    @AfterEach
    void end() throws SQLException {
        TestDatabases.execute(admin, "SET GLOBAL read_only = 0");
        admin.close();
    }

    @Test
    @DisplayName("after a fail-over is left, connection by connection, for the new primary, within one call")
    void failOver() throws Exception {
        var url = new AtomicReference<>(replica);
        try (var pool = new TestPool(replica) {
            @Override
            Connection open() throws SQLException {
                return DriverManager.getConnection(url.get());
            }
        }) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            keepOpen(pool, 3);
            TestDatabases.execute(admin, "SET GLOBAL read_only = 1");
            url.set(primary);

            assertThat(store.enqueue(List.of(message)).get(0).added()).isTrue();

            assertThat(pool.connectionsOut()).isZero();
            assertThat(TestDatabases.column(pool, "SELECT CURRENT_USER()")).containsExactly("root@localhost");
        }
    }

    @Test
    @DisplayName("for good is tried four times, each on another connection, and nothing is kept")
    void forGood() throws Exception {
        try (var pool = new TestPool(replica)) {
            var asked = new AtomicInteger();
            JdbcMessageStore store =
                    JdbcMessageStore.builder(counting(pool, asked)).build();
            store.counts();
            asked.set(0);
            TestDatabases.execute(admin, "SET GLOBAL read_only = 1");

            assertThatThrownBy(() -> store.enqueue(List.of(message)))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "to enqueue messages failed after 4 tries (SQLSTATE HY000, code 1290): the database only"
                                    + " lets us read; nothing of it was kept. It is a replica, or was set read-only: lead the"
                                    + " data source to the primary. What is to be done waits");
            assertThat(asked.get()).isEqualTo(4);

            TestDatabases.execute(admin, "SET GLOBAL read_only = 0");
            assertThat(store.enqueue(List.of(message)).get(0).added()).isTrue();
        }
    }

    @Test
    @DisplayName("is noticed by an idle engine too: claims fail before there is anything to claim")
    void idle() throws Exception {
        try (var pool = new TestPool(replica)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            TestDatabases.execute(admin, "SET GLOBAL read_only = 1");

            assertThatThrownBy(() -> store.claim(new ClaimRequest(Lane.NORMAL, 10, LEASE)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the database only lets us read");
        }
    }

    @Test
    @DisplayName("at the commit has kept nothing, which is known")
    void atTheCommit() throws Exception {
        try (var pool = new TestPool(replica)) {
            var database = new Database(pool, "sms_", null);
            var tries = new AtomicInteger();

            database.run("to write while the server changes", tx -> {
                boolean isFirst = tries.incrementAndGet() == 1;
                TestDatabases.execute(admin, "SET GLOBAL read_only = 0");
                tx.insert("~suppression", "tenant, recipient, since", List.of(List.of("a", "x", tx.now())));
                TestDatabases.execute(admin, "SET GLOBAL read_only = " + (isFirst ? 1 : 0));
                return 0;
            });

            assertThat(tries.get()).isEqualTo(2);
            assertThat(TestDatabases.column(admin, "SELECT tenant FROM sms_suppression"))
                    .containsExactly("a");
        }
    }

    @Test
    @DisplayName("cannot get a schema, and says so in the words of its operator")
    void noSchema() throws Exception {
        try (var pool = new TestPool(replica)) {
            TestDatabases.execute(admin, "SET GLOBAL read_only = 1");

            assertThatThrownBy(() -> JdbcMessageStore.builder(pool)
                            .tablePrefix("other_")
                            .build()
                            .createSchema())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(
                            "the schema could not be created (SQLSTATE HY000, code 1290): the database only lets us read")
                    .hasMessageContaining("lead the data source to the primary");
        }
    }

    @Test
    @DisplayName("is what a connection looks like that its pool has set read-only")
    void setReadOnly() throws Exception {
        try (var pool = new TestPool(primary) {
            @Override
            Connection open() throws SQLException {
                Connection connection = super.open();
                connection.setReadOnly(true);
                return connection;
            }
        }) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();

            assertThatThrownBy(() -> store.enqueue(List.of(message)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("code 1792): the database only lets us read");
        }
    }

    private static void keepOpen(TestPool pool, int count) throws SQLException {
        var open = new ArrayList<Connection>();
        for (int i = 0; i < count; i++) {
            open.add(pool.getConnection());
        }
        for (Connection connection : open) {
            connection.close();
        }
    }

    private static DataSource counting(DataSource real, AtomicInteger asked) {
        return (DataSource) Proxy.newProxyInstance(
                ReadOnlyDatabaseTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    return real.getConnection();
                });
    }
}
