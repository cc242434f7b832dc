package io.github.smsdispatch.jdbc;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.UNCONFIRMED;
import static io.github.smsdispatch.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.LogSweep;
import io.github.smsdispatch.store.SweptPage;
import io.github.smsdispatch.store.TrackedLook;
import io.github.smsdispatch.store.TrackedMessage;
import io.github.smsdispatch.store.TrackingSeed;
import io.github.smsdispatch.testkit.MovableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Tracking what others sent, in a database")
class JdbcTrackingStoreTest {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final String DATABASES = "io.github.smsdispatch.jdbc.TestDatabases#urlsAndExternal";

    private final MovableClock clock = MovableClock.startingAt(START);
    private final String table = TestDatabases.prefix() + "messages";

    /** What a test does with a fresh database. */
    @FunctionalInterface
    private interface Body {
        void run(TestPool pool);
    }

    private void with(String url, Body body) {
        try (var pool = new TestPool(url)) {
            try {
                body.run(pool);
            } finally {
                TestDatabases.dropAll(pool, table.substring(0, table.indexOf('_') + 1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private JdbcTrackingStore store(TestPool pool) {
        return JdbcTrackingStore.of(pool, table, "message_sid", clock);
    }

    private void create(TestPool pool) {
        TestDatabases.execute(
                pool, "CREATE TABLE " + table + " (id INT NOT NULL PRIMARY KEY, message_sid VARCHAR(250), note INT)");
    }

    /** Rows whose ids are SM and their numbers. */
    private void fill(TestPool pool, int from, int until) {
        for (int first = from; first < until; first += 1000) {
            TestDatabases.execute(
                    pool,
                    "INSERT INTO " + table + " VALUES "
                            + IntStream.range(first, Math.min(until, first + 1000))
                                    .mapToObj(i -> "(" + i + ", 'SM" + i + "', 7)")
                                    .collect(Collectors.joining(",")));
        }
    }

    private static TrackedLook look(String id, MessageState state, @Nullable String word) {
        ReceiptState reported = state == DELIVERED ? ReceiptState.DELIVERED : ReceiptState.UNDELIVERED;
        return new TrackedLook(
                id,
                state,
                word == null
                        ? null
                        : new Receipt(
                                ProviderAccount.of("twilio"),
                                id,
                                null,
                                reported,
                                word,
                                "30003",
                                FailureReason.UNAVAILABLE,
                                START),
                word == null,
                PAUSE);
    }

    private static List<String> ids(List<TrackedMessage> messages) {
        return messages.stream().map(TrackedMessage::providerMessageId).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName("takes each id in once, counts what has none or one too long, and leaves the table as it was")
    void seed(String url) {
        with(url, pool -> {
            create(pool);
            fill(pool, 0, 12_345);
            TestDatabases.execute(
                    pool,
                    "INSERT INTO " + table
                            + " VALUES (20001, NULL, 1), (20002, '', 1), (20003, '  ', 1), (20004, 'SM7', 1),"
                            + " (20005, '" + "x".repeat(191) + "', 1)");
            JdbcTrackingStore store = store(pool);
            assertThat(store.seed()).isEqualTo(new TrackingSeed(12_345, 3, 1));
            assertThat(store.counts().byState()).isEqualTo(Map.of(SENT, 12_345L));
            fill(pool, 30_000, 30_002);
            assertThat(store.seed()).isEqualTo(new TrackingSeed(2, 3, 1));
            assertThat(TestDatabases.column(pool, "SELECT COUNT(*) FROM " + table + " WHERE note IN (1, 7)"))
                    .containsExactly("12352");
            assertThat(TestDatabases.column(
                            pool,
                            "SELECT COUNT(*) FROM " + table + " m JOIN " + table
                                    + "_status s ON s.provider_message_id = m.message_sid"))
                    .containsExactly("12348");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName("reads a view, and a table without a key, by their ids")
    void withoutKey(String url) {
        with(url, pool -> {
            TestDatabases.execute(pool, "CREATE TABLE " + table + "_base (message_sid VARCHAR(34))");
            for (int page = 0; page < 12; page++) {
                int first = page * 1000;
                TestDatabases.execute(
                        pool,
                        "INSERT INTO " + table + "_base VALUES (NULL),"
                                + IntStream.range(first, first + 1000)
                                        .mapToObj(i -> "('SM" + i % 11_000 + "')")
                                        .collect(Collectors.joining(",")));
            }
            TestDatabases.execute(pool, "CREATE VIEW " + table + " AS SELECT * FROM " + table + "_base");
            assertThat(store(pool).seed()).isEqualTo(new TrackingSeed(11_000, 12, 0));
            assertThat(JdbcTrackingStore.of(pool, table + "_base", "message_sid", clock)
                            .seed())
                    .isEqualTo(new TrackingSeed(11_000, 12, 0));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName("says which table or column there is not, and takes nothing of a name for SQL")
    void refused(String url) {
        with(url, pool -> {
            create(pool);
            assertThatThrownBy(() ->
                            JdbcTrackingStore.of(pool, "nowhere", "message_sid").seed())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the database has no table or view nowhere");
            assertThatThrownBy(() -> JdbcTrackingStore.of(pool, table, "sid").seed())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("has no column sid; it has ");
            assertThatThrownBy(() -> JdbcTrackingStore.of(pool, table, "note").seed())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("holds no provider ids");
            for (String name :
                    List.of("", " ", "a`; DROP TABLE b", "a\"b", "a;b", "a~b", "a'b", "a?", "x".repeat(60))) {
                assertThatThrownBy(() ->
                                JdbcTrackingStore.of(pool, name, "message_sid").seed())
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("no name that can be used");
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName("does not touch a table that has the name of ours and is none")
    void stranger(String url) {
        with(url, pool -> {
            create(pool);
            TestDatabases.execute(pool, "CREATE TABLE " + table + "_status (id INT, state INT)");
            assertThatThrownBy(() -> store(pool).seed())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("with other columns, which is not ours");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName("gives what one has claimed to no other before the lease ends, and what is final to nobody")
    void claims(String url) {
        with(url, pool -> {
            create(pool);
            fill(pool, 0, 10);
            JdbcTrackingStore store = store(pool);
            store.seed();
            List<String> mine = ids(store.claim(4, LEASE));
            List<String> others = ids(store(pool).claim(100, LEASE));
            assertThat(mine).hasSize(4);
            assertThat(others).hasSize(6).doesNotContainAnyElementsOf(mine);
            assertThat(store.nextIn()).hasValue(LEASE);

            store.record(
                    others.stream().map(id -> look(id, DELIVERED, "delivered")).toList());
            store.record(List.of(look(mine.get(0), SENT, null)));
            clock.advance(LEASE);
            assertThat(ids(store.claim(100, LEASE))).containsExactlyInAnyOrderElementsOf(mine.subList(1, 4));
            clock.advance(PAUSE.minus(LEASE));
            List<TrackedMessage> again = store.claim(100, LEASE);
            assertThat(again)
                    .filteredOn(message -> message.providerMessageId().equals(mine.get(0)))
                    .containsExactly(new TrackedMessage(mine.get(0), 1, 1, START, clock.instant()));

            store.record(mine.stream()
                    .map(id -> look(id, UNDELIVERED, "undelivered"))
                    .toList());
            assertThat(store.nextIn()).isEmpty();
            assertThat(store.counts().byState()).isEqualTo(Map.of(DELIVERED, 6L, UNDELIVERED, 4L));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName("takes each id in once, and gives it to one only, when several do everything at the same time")
    void together(String url) {
        with(url, pool -> {
            create(pool);
            fill(pool, 0, 6_000);
            Set<String> claimed = ConcurrentHashMap.newKeySet();
            var twice = new AtomicInteger();
            List<CompletableFuture<Long>> all = IntStream.range(0, 4)
                    .mapToObj(any -> CompletableFuture.supplyAsync(
                            () -> {
                                JdbcTrackingStore store = JdbcTrackingStore.of(pool, table, "message_sid");
                                long added = store.seed().added();
                                for (List<String> ids = ids(store.claim(100, LEASE));
                                        !ids.isEmpty();
                                        ids = ids(store.claim(100, LEASE))) {
                                    ids.stream().filter(id -> !claimed.add(id)).forEach(id -> twice.incrementAndGet());
                                    store.record(ids.stream()
                                            .map(id -> look(id, DELIVERED, "delivered"))
                                            .toList());
                                }
                                return added;
                            },
                            runnable -> new Thread(runnable).start()))
                    .toList();
            assertThat(all.stream().mapToLong(CompletableFuture::join).sum()).isEqualTo(6_000);
            assertThat(claimed).hasSize(6_000);
            assertThat(twice).hasValue(0);
            assertThat(store(pool).counts().byState()).isEqualTo(Map.of(DELIVERED, 6_000L));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName("writes what the provider said, keeps it when a look tells nothing, and never changes what is final")
    void record(String url) {
        with(url, pool -> {
            create(pool);
            fill(pool, 1, 2);
            JdbcTrackingStore store = store(pool);
            store.seed();
            var enroute = new Receipt(
                    ProviderAccount.of("twilio"),
                    "SM1",
                    null,
                    ReceiptState.ENROUTE,
                    "w".repeat(99),
                    null,
                    null,
                    Instant.MAX);
            store.record(List.of(new TrackedLook("SM1", SENT, enroute, false, PAUSE)));
            store.record(List.of(look("SM1", SENT, null)));
            store.record(List.of(look("SM1", UNCONFIRMED, null), look("unknown", DELIVERED, "delivered")));
            store.record(List.of(look("SM1", DELIVERED, "delivered")));
            assertThat(row(pool))
                    .containsExactly("SM1", "UNCONFIRMED", "w".repeat(64), "null", "null", "null", "3", "2", "null");
        });
    }

    private List<String> row(TestPool pool) {
        var values = new ArrayList<String>();
        for (String column : List.of(
                "provider_message_id",
                "state",
                "provider_status",
                "error_code",
                "reason",
                "reported_at",
                "looks",
                "misses",
                "next_at")) {
            values.addAll(TestDatabases.column(pool, "SELECT " + column + " FROM " + table + "_status"));
        }
        return values;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName(
            "keeps how far the log is read with what was read of it; one process reads, and only while its lease lasts")
    void sweep(String url) {
        with(url, pool -> {
            create(pool);
            fill(pool, 0, 3);
            JdbcTrackingStore store = store(pool);
            store.seed();
            Instant from = START.minus(Duration.ofDays(2));
            LogSweep first = store.claimSweep(from, null, START, LEASE).orElseThrow();
            assertThat(first).isEqualTo(new LogSweep(from, START, null, 1, false));
            assertThat(store(pool).claimSweep(from, null, START, LEASE)).isEmpty();
            assertThat(store.recordPage(
                            first,
                            List.of(
                                    look("SM0", DELIVERED, "delivered"),
                                    look("SM0", SENT, "sent"),
                                    look("other", DELIVERED, "delivered")),
                            "page-2",
                            false,
                            LEASE))
                    .hasValue(new SweptPage(1, 0, 1));

            clock.advance(LEASE);
            LogSweep second = store.claimSweep(from, null, START, LEASE).orElseThrow();
            assertThat(second).isEqualTo(new LogSweep(from, START, "page-2", 2, false));
            assertThat(store.recordPage(first, List.of(look("SM1", DELIVERED, "delivered")), null, false, LEASE))
                    .isEmpty();
            assertThat(store.recordPage(
                            second,
                            List.of(look("SM2", UNDELIVERED, "failed"), look("new", DELIVERED, "delivered")),
                            null,
                            true,
                            LEASE))
                    .hasValue(new SweptPage(1, 1, 0));
            assertThat(store.counts().byState()).isEqualTo(Map.of(SENT, 1L, DELIVERED, 2L, UNDELIVERED, 1L));
            assertThat(store.claimSweep(from, null, START, LEASE).orElseThrow().isEnded())
                    .isTrue();
            clock.advance(LEASE);
            assertThat(store.claimSweep(from, null, clock.instant(), LEASE).orElseThrow())
                    .isEqualTo(new LogSweep(from, clock.instant(), null, 3, false));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(DATABASES)
    @DisplayName("passes over an id in the log that its table cannot hold, and keeps the rest of the page")
    void strangeIds(String url) {
        with(url, pool -> {
            create(pool);
            boolean isH2 = url.startsWith("jdbc:h2");
            if (!isH2) {
                TestDatabases.execute(
                        pool, "ALTER TABLE " + table + " MODIFY message_sid VARCHAR(250) CHARACTER SET latin1");
            }
            JdbcTrackingStore store = store(pool);
            store.seed();
            LogSweep sweep = store.claimSweep(null, null, START, LEASE).orElseThrow();
            List<TrackedLook> page = List.of(
                    look("SM\uD83D", DELIVERED, "delivered"),
                    look(isH2 ? "SM\uDE80" : "SM\uD83D\uDE80", DELIVERED, "delivered"),
                    look("SM1", DELIVERED, "w".repeat(63) + "\uD83D\uDE80"));

            assertThat(store.recordPage(sweep, page, null, true, LEASE)).hasValue(new SweptPage(0, 1, 0));
            assertThat(TestDatabases.column(pool, "SELECT provider_status FROM " + table + "_status"))
                    .containsExactly("w".repeat(63));
        });
    }
}
