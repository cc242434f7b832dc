package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.testkit.MovableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("While another node has the first rows locked,")
class FreeRowsTest {
    private static final ProviderAccount ALPHA = ProviderAccount.of("alpha");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-03-08T05:29:59Z"));

    static Stream<String> urls() {
        return TestDatabases.urls();
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("a claim gets all the others, the longest due first, and those only")
    void claim(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = store(pool);
            List<MessageId> ids = put(store, 300);

            whileFirstIsClaimed(pool, () -> {
                assertThat(claimed(store, 1)).containsExactly(ids.get(1));
                assertThat(claimed(store, 100)).isEqualTo(ids.subList(2, 102));
                assertThat(claimed(store, 1000)).isEqualTo(ids.subList(102, 300));
            });

            assertThat(claimed(store, 1000)).containsExactly(ids.get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("recovery, look-ups and expiry go on with the others")
    void others(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = store(pool);
            put(store, 4);
            List<AttemptStart> starts = begin(store);
            clock.advance(LEASE);

            whileFirstIsClaimed(pool, () -> assertThat(store.recover(2)).hasSize(2));
            store.recover(10);
            whileFirstIsClaimed(
                    pool, () -> assertThat(store.claimSync(ALPHA, 2, LEASE)).hasSize(2));
            clock.advance(Message.DEFAULT_VALIDITY);
            whileFirstIsClaimed(
                    pool, () -> assertThat(store.expire(Duration.ZERO, 2)).hasSize(2));

            assertThat(starts).hasSize(4);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("receipts are applied from behind them")
    void receipts(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = store(pool);
            put(store, 3);
            List<AttemptStart> starts = begin(store);
            store.finish(starts.stream()
                    .map(start -> new AttemptEnd(
                            start.message(),
                            start.attempt(),
                            SubmitOutcome.Accepted.as("id-" + start.attempt()),
                            MessageState.SENT,
                            null,
                            LEASE))
                    .toList());
            for (AttemptStart start : starts) {
                store.receive(List.of(new Receipt(
                        ALPHA, "id-" + start.attempt(), null, ReceiptState.DELIVERED, "delivered", null, null)));
            }

            whileLocked(
                    pool,
                    "SELECT seq FROM sms_receipt WHERE seq = (SELECT MIN(seq) FROM sms_receipt) FOR UPDATE",
                    () -> {
                        assertThat(store.applyReceipts(1).changes()).hasSize(1);
                        assertThat(store.applyReceipts(5).changes()).hasSize(1);
                    });

            assertThat(store.applyReceipts(5).changes()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("a purge and an erasure go on with the others")
    void retention(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = store(pool);
            store.cancel(put(store, 4));

            whileFirstIsClaimed(
                    pool, () -> assertThat(store.erase(Duration.ZERO, 2)).isEqualTo(2));
            whileFirstIsClaimed(
                    pool,
                    () -> assertThat(store.purge(Duration.ZERO, 2).messages()).isEqualTo(2));
            store.receive(List.of(
                    new Receipt(ALPHA, "id-1", null, ReceiptState.DELIVERED, "delivered", null, null),
                    new Receipt(ALPHA, "id-2", null, ReceiptState.DELIVERED, "delivered", null, null)));
            clock.advance(Duration.ofDays(40));
            whileLocked(
                    pool,
                    "SELECT seq FROM sms_receipt WHERE seq = (SELECT MIN(seq) FROM sms_receipt) FOR UPDATE",
                    () -> assertThat(store.purge(Duration.ZERO, 10).receipts()).isEqualTo(1));

            assertThat(store.counts()).isEmpty();
        }
    }

    private JdbcMessageStore store(TestPool pool) {
        JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
        store.createSchema();
        return store;
    }

    private List<MessageId> put(JdbcMessageStore store, int count) {
        List<Message> messages = IntStream.range(0, count)
                .mapToObj(i -> Message.to("+12025550123")
                        .text("Hello")
                        .dueAt(clock.instant().minusMillis(count - i))
                        .build())
                .toList();
        store.enqueue(messages);
        return messages.stream().map(Message::id).toList();
    }

    private static List<MessageId> claimed(JdbcMessageStore store, int limit) {
        return store.claim(new ClaimRequest(Lane.NORMAL, limit, LEASE)).stream()
                .map(claim -> claim.message().id())
                .toList();
    }

    private static List<AttemptStart> begin(JdbcMessageStore store) {
        var starts = new ArrayList<AttemptStart>();
        for (Claim claim : store.claim(new ClaimRequest(Lane.NORMAL, 100, LEASE))) {
            starts.add(new AttemptStart(claim.message().id(), claim.fence(), AttemptId.create(), ALPHA));
        }
        store.begin(starts, LEASE);
        return starts;
    }

    /** Another node's claim of one message, which has locked but not committed yet, by the store's own means. */
    private void whileFirstIsClaimed(TestPool pool, Runnable work) {
        var database = new Database(pool, "sms_", clock);
        var loader = new Loader(new Accounts(database));
        database.run("to hold a lock", tx -> {
            var queue = tx.select(
                    "SELECT queue FROM ~message ORDER BY next_at, id LIMIT 1", List.of(), row -> row.getInt(1));
            assertThat(loader.lockDue(tx, new Records(), queue.get(0), 1)).hasSize(1);
            work.run();
            return 0;
        });
    }

    private static void whileLocked(TestPool pool, String select, Runnable work) throws SQLException {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeQuery(select).close();
            work.run();
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
