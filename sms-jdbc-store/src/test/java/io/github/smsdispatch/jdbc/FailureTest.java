package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("When the database fails,")
class FailureTest {
    static Stream<String> urls() {
        return TestDatabases.urls();
    }

    @Test
    @DisplayName("one that cannot be reached is a configuration problem at start and a StoreException at run time")
    void unreachable() {
        JdbcMessageStore store = JdbcMessageStore.builder(
                        new TestPool("jdbc:mariadb://127.0.0.1:1/sms?user=root&connectTimeout=2000"))
                .build();

        assertThatThrownBy(store::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dataSource: the database cannot be used");
        assertThatThrownBy(store::createSchema).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(store::counts)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("to count messages failed after 1 try")
                .hasMessageContaining("127.0.0.1");
    }

    @ParameterizedTest
    @DisplayName("what drivers say of a URL that they cannot use is told without user and password")
    @CsvSource(
            delimiter = '|',
            value = {
                "No suitable driver found for jdbc:mariadbb://db.example:3306/sms?user=root&password=hunter2"
                        + " | No suitable driver found for jdbc:mariadbb://db.example:3306/sms",
                "url parsing error : '//' is not present in the url jdbc:mariadb:/db.example/sms&password=hunter2"
                        + " | url parsing error : '//' is not present in the url jdbc:mariadb:/db.example/sms",
                "cannot connect to jdbc:mysql://root:hunter2@db.example/sms, giving up"
                        + " | cannot connect to jdbc:mysql://db.example/sms, giving up",
                "bad URL jdbc:h2:file:./data/sms;USER=sa;PASSWORD=hunter2 | bad URL jdbc:h2:file:./data/sms",
                "properties {user=root, password=hunter2} | properties {user=***, password=***}",
                "Access denied for user 'root'@'localhost' (using password: YES)"
                        + " | Access denied for user 'root'@'localhost' (using password: YES)"
            })
    void credentials(String message, String told) {
        assertThat(Failures.withoutCredentials(message)).isEqualTo(told);
    }

    @Test
    @DisplayName("a URL that no driver knows is told without its password, and so are all causes")
    void unknownUrl() {
        var nobody = new TestPool("jdbc:mariadbb://127.0.0.1:1/sms?user=root&password=hunter2");
        JdbcMessageStore store = JdbcMessageStore.builder(nobody).build();

        for (ThrowingCallable call : List.<ThrowingCallable>of(store::createSchema, store::now)) {
            assertThatThrownBy(call).hasMessageContaining("mariadbb").satisfies(e -> {
                for (Throwable each = e; each != null; each = each.getCause()) {
                    assertThat(each.toString()).doesNotContain("hunter2");
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("a transaction that loses a deadlock is run again, with an error of the database that is real")
    void deadlock(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore.builder(pool).build().createSchema();
            TestDatabases.execute(
                    pool,
                    "INSERT INTO sms_suppression (tenant, recipient, since) VALUES ('a', 'x', CURRENT_TIMESTAMP)",
                    "INSERT INTO sms_suppression (tenant, recipient, since) VALUES ('b', 'x', CURRENT_TIMESTAMP)");
            var database = new Database(pool, "sms_", null);
            var tries = new AtomicInteger();
            var bothHoldOne = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Future<?> one = threads.submit(() -> touch(database, tries, bothHoldOne, "a", "b"));
                Future<?> two = threads.submit(() -> touch(database, tries, bothHoldOne, "b", "a"));
                one.get();
                two.get();
            } finally {
                threads.shutdownNow();
            }
            assertThat(tries.get()).as("runs of two transactions").isGreaterThan(2);
            assertThat(TestDatabases.column(pool, "SELECT recipient FROM sms_suppression"))
                    .containsExactly("xyy", "xyy");
        }
    }

    private static void touch(
            Database database, AtomicInteger tries, CyclicBarrier bothHoldOne, String first, String second) {
        var met = new AtomicInteger();
        database.run("to touch two rows", tx -> {
            tries.incrementAndGet();
            String sql = "UPDATE ~suppression SET recipient = CONCAT(recipient, 'y') WHERE tenant = ?";
            tx.update(sql, List.of(first));
            if (met.getAndIncrement() == 0) {
                try {
                    bothHoldOne.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return tx.update(sql, List.of(second));
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("a lock that somebody keeps is waited for a few times, but not for long, and then named")
    void lockWait() throws Exception {
        String url = MariaDbServer.url("lockwait") + "&sessionVariables=innodb_lock_wait_timeout=1";
        try (var pool = new TestPool(url);
                Connection keeper = pool.getConnection()) {
            JdbcMessageStore.builder(pool).build().createSchema();
            TestDatabases.execute(
                    pool, "INSERT INTO sms_suppression (tenant, recipient, since) VALUES ('a', 'x', UTC_TIMESTAMP)");
            keeper.setAutoCommit(false);
            try (Statement statement = keeper.createStatement()) {
                statement.execute("UPDATE sms_suppression SET recipient = 'y'");
            }
            var database = new Database(pool, "sms_", null, Duration.ofMillis(1500));
            var tries = new AtomicInteger();

            assertThatThrownBy(() -> database.run("to touch a row", tx -> touch(tx, tries)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("to touch a row failed after 2 tries (SQLSTATE ")
                    .hasMessageContaining("code 1205): another transaction keeps rows locked; nothing of it was kept.")
                    .hasMessageContaining("information_schema.innodb_trx");

            tries.set(0);
            database.run("to touch a row", tx -> {
                if (tries.get() == 1) {
                    keeper.rollback();
                }
                return touch(tx, tries);
            });
            assertThat(tries.get()).isEqualTo(2);
            assertThat(TestDatabases.column(pool, "SELECT recipient FROM sms_suppression"))
                    .containsExactly("z");
        }
    }

    private static int touch(Tx tx, AtomicInteger tries) throws SQLException {
        tries.incrementAndGet();
        return tx.update("UPDATE ~suppression SET recipient = ?", List.of("z"));
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("nothing of the call is kept, the connection is given back, and what it was for is not shown")
    void nothingKeptNothingShown(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            // From here on it knows the schema.
            store.check();
            TestDatabases.execute(pool, "DROP VIEW sms_status", "DROP TABLE sms_message_body");
            Message message = Message.to("+12025550123").text("Geheim").build();

            Throwable failure = catchThrowable(() -> store.enqueue(List.of(message)));

            assertThat(failure).isInstanceOf(StoreException.class);
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).contains("SQLSTATE").doesNotContain("2025550123", "Geheim");
            assertThat(TestDatabases.column(pool, "SELECT state FROM sms_message"))
                    .isEmpty();
            assertThat(pool.connectionsOut()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("nothing of the call is kept either when the rollback fails as well")
    void rollbackFails(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore.builder(pool).build().createSchema();
            var refused = new AtomicInteger();
            JdbcMessageStore store =
                    JdbcMessageStore.builder(unpooled(url, refused)).build();
            store.check();
            TestDatabases.execute(pool, "DROP VIEW sms_status", "DROP TABLE sms_message_body");
            Message message = Message.to("+12025550123").text("Hello").build();

            assertThatThrownBy(() -> store.enqueue(List.of(message))).isInstanceOf(StoreException.class);

            assertThat(refused.get()).as("rollbacks that failed").isEqualTo(1);
            assertThat(TestDatabases.column(pool, "SELECT state FROM sms_message"))
                    .isEmpty();
        }
    }

    /** New connections that end with their close, and cannot be rolled back. */
    private static DataSource unpooled(String url, AtomicInteger refused) {
        return (DataSource) Proxy.newProxyInstance(
                FailureTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (source, asked, none) -> {
                    Connection real = DriverManager.getConnection(url);
                    return Proxy.newProxyInstance(
                            FailureTest.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (connection, method, arguments) -> {
                                if (method.getName().equals("rollback")) {
                                    refused.incrementAndGet();
                                    throw new SQLException("timed out", "HYT00");
                                }
                                try {
                                    return method.invoke(real, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
                });
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("a duplicate that does not go away is given up after some tries, its value not shown")
    void duplicateForGood(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore.builder(pool).build().createSchema();
            var database = new Database(pool, "sms_", null);
            var tries = new AtomicInteger();

            Throwable failure = catchThrowable(() -> database.run("to insert twice", tx -> {
                tries.incrementAndGet();
                List<Object> row = List.of("acme", "+12025550123", tx.now());
                tx.insert("~suppression", "tenant, recipient, since", List.of(row, row));
                return 0;
            }));

            assertThat(failure)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("to insert twice failed after 10 tries");
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("2025550123");
            assertThat(tries.get()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("a store goes on as soon as the database is back")
    void back(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            var failing = new AtomicInteger();
            JdbcMessageStore store =
                    JdbcMessageStore.builder(failing(pool, failing)).build();
            store.createSchema();
            Message message = Message.to("+12025550123").text("Hello").build();

            for (int statements = 0; ; statements++) {
                failing.set(statements + 1);
                Throwable failure = catchThrowable(() -> store.enqueue(List.of(message)));
                boolean failed = failing.getAndSet(0) <= 0 && failure != null;
                if (!failed) {
                    assertThat(statements)
                            .as("statements that were made to fail: the time, the message, its history, its body")
                            .isEqualTo(4);
                    break;
                }
                assertThat(failure).isInstanceOf(StoreException.class);
                assertThat(store.find(message.id())).isEmpty();
            }

            assertThat(store.find(message.id())).isPresent();
            assertThat(store.find(MessageId.create())).isEmpty();
            assertThat(pool.connectionsOut()).isZero();
        }
    }

    /** Hands out connections whose n-th statement from now fails for want of space; 0: none. */
    private static DataSource failing(DataSource real, AtomicInteger countdown) {
        return proxy(
                DataSource.class,
                real,
                (method, result) -> method.equals("getConnection")
                        ? proxy(Connection.class, result, (inner, statement) -> {
                            if (statement instanceof Statement
                                    && countdown.get() > 0
                                    && countdown.decrementAndGet() == 0) {
                                throw new SQLException("no space", "HY000", 1114);
                            }
                            return statement;
                        })
                        : result);
    }

    /** What becomes of the result of a method. */
    @FunctionalInterface
    private interface Meddler {
        Object meddle(String method, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Object real, Meddler meddler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return meddler.meddle(method.getName(), method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
