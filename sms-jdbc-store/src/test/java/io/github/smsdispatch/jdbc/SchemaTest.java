package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The schema")
class SchemaTest {
    private static final String VERSIONS = "SELECT version FROM sms_schema_version ORDER BY version";

    static Stream<String> urls() {
        return TestDatabases.urls();
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("that a failure left half-way is completed")
    void halfWay(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            TestDatabases.execute(
                    pool,
                    "DELETE FROM sms_schema_version",
                    "DROP VIEW sms_status",
                    "DROP TABLE sms_suppression",
                    "DELETE FROM sms_name WHERE id > 1");

            assertThatThrownBy(store::check)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("have schema version 0, but version 4 is needed")
                    .hasMessageContaining("call createSchema()");
            store.createSchema();

            store.check();
            assertThat(TestDatabases.column(pool, VERSIONS)).containsExactly("1", "2", "3", "4");
            assertThat(TestDatabases.column(pool, "SELECT name FROM sms_name WHERE kind = 'lane'"))
                    .hasSize(3);
            assertThat(TestDatabases.column(pool, "SELECT * FROM sms_suppression"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("that is missing is named, with the prefix and what to do")
    void missing(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store =
                    JdbcMessageStore.builder(pool).tablePrefix("other_").build();

            assertThatThrownBy(store::check)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("tablePrefix: the database has no tables with the prefix 'other_'")
                    .hasMessageContaining("createSchema()");
            assertThatThrownBy(store::counts).isInstanceOf(ConfigurationException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName(
            "that lacks a column is refused, with table and column, by the first use and so by an engine that starts")
    void columnMissing(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            TestDatabases.execute(pool, "ALTER TABLE sms_attempt DROP COLUMN retry_after");
            TestDatabases.execute(pool, "ALTER TABLE sms_message ADD COLUMN ours INT NULL");

            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    store::check, JdbcMessageStore.builder(pool).build()::runStates)) {
                assertThatThrownBy(call)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("createSchema: the table sms_attempt lacks retry_after")
                        .hasMessageContaining("add it as schemaSql() has it");
            }
            TestDatabases.execute(pool, "ALTER TABLE sms_attempt ADD COLUMN retry_after INT NULL");
            store.check();
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("that lacks a table is refused, with its name")
    void tableMissing(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store =
                    JdbcMessageStore.builder(pool).tablePrefix("Mine_").build();
            store.createSchema();
            // One that begins with the same letters is none of its own.
            JdbcMessageStore.builder(pool).tablePrefix("MineX").build().createSchema();
            store.check();
            TestDatabases.execute(pool, "DROP TABLE Mine_rate");

            assertThatThrownBy(store::check)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("createSchema: the database has no table Mine_rate");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName(
            "beside one with another prefix is made with a warning, once, that names both; so is one that is missing")
    void besideAnother(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            TestDatabases.execute(pool, "CREATE TABLE else_schema_version (version INT)");
            JdbcMessageStore right = JdbcMessageStore.builder(pool).build();
            assertThat(Screen.logOf(right::createSchema)).doesNotContain("WARN");
            JdbcMessageStore wrong =
                    JdbcMessageStore.builder(pool).tablePrefix("ssm_").build();

            assertThatThrownBy(wrong::check)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(
                            "the database has no tables with the prefix 'ssm_'; it has those with 'sms_'");
            assertThat(Screen.logOf(wrong::createSchema).lines().filter(line -> line.contains("WARN")))
                    .singleElement()
                    .asString()
                    .contains(
                            "makes tables with prefix 'ssm_' in a database that has those with 'sms_'",
                            "set tablePrefix to what it was");
            assertThat(Screen.logOf(() -> {
                        wrong.createSchema();
                        right.createSchema();
                    }))
                    .doesNotContain("WARN");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("of a newer library is refused")
    void tooNew(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            TestDatabases.execute(
                    pool,
                    "INSERT INTO sms_schema_version (version, script, applied_at) VALUES (99, 'x', CURRENT_TIMESTAMP)");

            assertThatThrownBy(() -> JdbcMessageStore.builder(pool).build().nextWorkAt())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("schema version 99, which is newer than this library knows (4)");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("is not mixed with a table of somebody else's that has one of our names")
    void strangers(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            TestDatabases.execute(pool, "CREATE TABLE sms_suppression (id INT PRIMARY KEY, tenant VARCHAR(10))");

            assertThatThrownBy(() -> JdbcMessageStore.builder(pool).build().createSchema())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("tablePrefix: the database has a table sms_suppression with other columns")
                    .hasMessageContaining("choose another prefix");

            assertThat(TestDatabases.column(pool, "SELECT id FROM sms_suppression"))
                    .isEmpty();
            assertThatThrownBy(() -> TestDatabases.column(pool, "SELECT id FROM sms_message"))
                    .as("nothing was created beside it")
                    .hasCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("that another node changes for too long is not waited for without an end")
    void locked() throws Exception {
        try (var pool = new TestPool(MariaDbServer.url("locked"));
                Connection one = pool.getConnection();
                Connection two = pool.getConnection()) {
            Dialect.MYSQL.lock(one, "test-lock", Duration.ofSeconds(1));

            assertThatThrownBy(() -> Dialect.MYSQL.lock(two, "test-lock", Duration.ZERO))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("createSchema: another node has been changing the schema for 0 s")
                    .hasMessageContaining("SELECT IS_USED_LOCK('test-lock')");
            Dialect.MYSQL.unlock(one, "test-lock");
            Dialect.MYSQL.lock(two, "test-lock", Duration.ZERO);
            Dialect.MYSQL.unlock(two, "test-lock");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("that loses a table while the store runs is told from other trouble")
    void dropped(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            store.counts();
            TestDatabases.execute(pool, "DROP VIEW sms_status", "DROP TABLE sms_message_body");
            Message message = Message.to("+12025550123").text("Hello").build();

            assertThatThrownBy(() -> store.enqueue(List.of(message)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("failed after 1 try (SQLSTATE 42S02")
                    .hasMessageContaining("a table or a column is missing; nothing of it was kept. See that");

            TestDatabases.execute(pool, "DROP TABLE sms_schema_version");
            assertThatThrownBy(() -> store.enqueue(List.of(message)))
                    .as("after that the next call looks at the schema again")
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the database has no tables with the prefix 'sms_'");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("can be created by hand from its SQL")
    void byHand(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store =
                    JdbcMessageStore.builder(pool).tablePrefix("x_").build();

            TestDatabases.execute(
                    pool,
                    Arrays.stream(store.schemaSql().split(";\n", -1))
                            .filter(sql -> sql.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("--")))
                            .toArray(String[]::new));

            store.check();
            store.createSchema();
            assertThat(TestDatabases.column(pool, "SELECT version FROM x_schema_version"))
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("remembers in UTC when each of its scripts was run")
    void appliedAt(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            Instant before = store(pool, "first_").now();

            store.createSchema();

            assertThat(TestDatabases.column(pool, "SELECT applied_at FROM sms_schema_version"))
                    .hasSize(4)
                    .allSatisfy(text -> assertThat(LocalDateTime.parse(text.replace(' ', 'T')))
                            .isBetween(utc(before.minusMillis(1)), utc(store.now())));
        }
    }

    private static JdbcMessageStore store(DataSource dataSource, String prefix) {
        JdbcMessageStore store =
                JdbcMessageStore.builder(dataSource).tablePrefix(prefix).build();
        store.createSchema();
        return store;
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    @Test
    @DisplayName("has the same numbers for names wherever it is")
    void sameNames() throws Exception {
        assertThat(script("h2/V002__names.sql")).isEqualTo(script("mysql/V002__names.sql"));
    }

    /** Without its last statement, which puts down that it was run. */
    private static String script(String path) throws IOException {
        try (InputStream in = SchemaTest.class.getResourceAsStream("/sms-dispatch/" + path)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf(";", text.lastIndexOf(";") - 1));
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("keeps stores with different prefixes apart in one database")
    void prefixes(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore one =
                    JdbcMessageStore.builder(pool).tablePrefix("one_").build();
            JdbcMessageStore two =
                    JdbcMessageStore.builder(pool).tablePrefix("Two_").build();
            one.createSchema();
            two.createSchema();

            one.enqueue(List.of(Message.to("+12025550123").text("Hello").build()));

            assertThat(one.counts()).hasSize(1);
            assertThat(two.counts()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("lists every number that stands for a name")
    void names(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore.builder(pool).build().createSchema();

            assertThat(TestDatabases.column(pool, "SELECT name FROM sms_state ORDER BY id"))
                    .containsExactlyElementsOf(names(Codes.STATE));
            assertThat(TestDatabases.column(pool, "SELECT name FROM sms_state WHERE is_final ORDER BY id"))
                    .containsExactlyElementsOf(Codes.STATE.constants().stream()
                            .filter(state -> state.isFinal())
                            .map(Enum::name)
                            .toList());
            for (var kind : List.of(
                    Map.entry("lane", Codes.LANE),
                    Map.entry("hold", Codes.HOLD),
                    Map.entry("doubt_policy", Codes.DOUBT_POLICY),
                    Map.entry("result", Codes.RESULT),
                    Map.entry("reason", Codes.REASON),
                    Map.entry("receipt", Codes.RECEIPT),
                    Map.entry("source", Codes.SOURCE),
                    Map.entry("run_state", Codes.RUN_STATE),
                    Map.entry("origin", Codes.ORIGIN))) {
                assertThat(TestDatabases.column(
                                pool,
                                "SELECT CONCAT(id, ' ', name) FROM sms_name WHERE kind = '" + kind.getKey()
                                        + "' ORDER BY id"))
                        .containsExactlyElementsOf(numbered(names(kind.getValue())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("shows the status of a message in words, without number and text")
    void statusView(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            Message message =
                    Message.to("+12025550123").text("Hello").campaign("spring").build();
            store.enqueue(List.of(message));

            assertThat(TestDatabases.column(
                            pool, "SELECT CONCAT(message_id, ' ', state, ' ', lane, ' ', campaign) FROM sms_status"))
                    .containsExactly(message.id() + " QUEUED NORMAL spring");
            refuse(store);
            assertThat(TestDatabases.column(pool, "SELECT CONCAT(state, ' ', reason, ' ', code) FROM sms_status"))
                    .containsExactly("REJECTED RECIPIENT 21614");
        }
    }

    private static void refuse(JdbcMessageStore store) {
        var lease = Duration.ofMinutes(1);
        Claim claim = store.claim(new ClaimRequest(Lane.NORMAL, 1, lease)).get(0);
        var attempt = AttemptId.create();
        MessageId id = claim.message().id();
        store.begin(List.of(new AttemptStart(id, claim.fence(), attempt, ProviderAccount.of("alpha"))), lease);
        var outcome = SubmitOutcome.Refused.because(FailureReason.RECIPIENT, "21614", "a landline");
        store.finish(List.of(new AttemptEnd(id, attempt, outcome, MessageState.REJECTED, null, Duration.ZERO)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "sms-", "a.b", "x;y", "abcdefghijklmnopqrstuvwxy"})
    @DisplayName("takes no prefix that is no plain name")
    void badPrefix(String prefix) {
        var builder = JdbcMessageStore.builder(new TestPool("jdbc:none"));

        assertThatThrownBy(() -> builder.tablePrefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tablePrefix");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("is not created in a database that is too old, and nothing else is done there")
    void oldServer() throws Exception {
        try (var pool = new TestPool(MariaDbServer.url("old"))) {
            JdbcMessageStore store = JdbcMessageStore.builder(reporting("10.5.29-MariaDB-log", pool))
                    .build();

            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(store::createSchema, store::check, store::schemaSql, store::counts)) {
                assertThatThrownBy(call)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("dataSource: the database is MariaDB 10.5.29-MariaDB-log, which cannot"
                                + " skip locked rows")
                        .hasMessageContaining("use MariaDB 10.6.0 or a later one");
            }
            assertThat(TestDatabases.column(pool, "SHOW TABLES")).isEmpty();
        }
    }

    /** A server that says it is of another version. */
    private static DataSource reporting(String version, DataSource real) {
        return meddled(
                DataSource.class,
                real,
                arguments -> arguments,
                connection -> meddled(
                        Connection.class,
                        connection,
                        arguments -> arguments,
                        statement -> meddled(
                                Statement.class,
                                statement,
                                arguments -> arguments != null && "SELECT VERSION()".equals(arguments[0])
                                        ? new Object[] {"SELECT '" + version + "'"}
                                        : arguments,
                                result -> result)));
    }

    private static <T> T meddled(
            Class<T> type, Object real, UnaryOperator<Object[]> arguments, UnaryOperator<Object> results) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object result = method.invoke(real, arguments.apply(given));
                    boolean isNext =
                            result instanceof Connection || method.getName().equals("createStatement");
                    return isNext ? results.apply(result) : result;
                }));
    }

    @Test
    @DisplayName("is not asked of a database that is too old")
    void oldDatabase() {
        assertThatThrownBy(() -> Product.require("MariaDB", "10.5.21-MariaDB-log", 10, 6, 0))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MariaDB 10.5.21")
                .hasMessageContaining("use MariaDB 10.6.0");
        Product.require("MariaDB", "10.6.0-MariaDB", 10, 6, 0);
        Product.require("MySQL", "26.1", 8, 0, 1);
    }

    private static List<String> names(Codes<?> codes) {
        return codes.constants().stream().map(Enum::name).collect(Collectors.toList());
    }

    private static List<String> numbered(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> (i + 1) + " " + names.get(i))
                .toList();
    }
}
