package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Isolated because the default time zone belongs to the whole process. */
@Isolated
@DisplayName("A JDBC store")
class DurabilityTest {
    private static final ProviderAccount ALPHA = ProviderAccount.of("alpha");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final TimeZone zone = TimeZone.getDefault();

    static Stream<String> urls() {
        return TestDatabases.urls();
    }

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    @DisplayName("in a file has everything when the process starts again")
    void restart(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("sms");
        Message message = Message.to("+12025550123")
                .text("Hello")
                .idempotencyKey("order-1")
                .build();
        var attempt = AttemptId.create();
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            store.enqueue(List.of(message));
            begin(store, attempt);
            store.finish(List.of(new AttemptEnd(
                    message.id(), attempt, SubmitOutcome.Accepted.as("A-1"), MessageState.SENT, null, LEASE)));
            store.setRunState(ALPHA, RunState.DRAINING);
            store.suppress("default", message.recipient());
        }

        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();

            assertThat(store.findByKey("default", "order-1").orElseThrow().state())
                    .isEqualTo(MessageState.SENT);
            assertThat(store.findByAttempt(attempt).orElseThrow().providerMessageId())
                    .isEqualTo("A-1");
            assertThat(store.history(message.id())).hasSize(3);
            assertThat(store.knownIds(ALPHA, List.of("A-1"))).containsExactly("A-1");
            assertThat(store.runStates()).containsEntry(ALPHA, RunState.DRAINING);
            assertThat(store.enqueue(List.of(message)).get(0).added()).isFalse();
        }
    }

    @Test
    @DisplayName("in a file writes each commit at once, also when the file is opened again")
    void writeDelay(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("sms");
        try (var pool = new TestPool(url)) {
            JdbcMessageStore.builder(pool).build().createSchema();
        }

        try (var pool = new TestPool(url)) {
            JdbcMessageStore.builder(pool).build().createSchema();
            assertThat(TestDatabases.column(
                            pool,
                            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'"))
                    .containsOnly("0");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("reads the time after it has waited for locks, so that a lease is whole when the call returns")
    void timeAfterLock(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            var free = new ArrayList<Integer>();
            JdbcMessageStore plain = JdbcMessageStore.builder(pool).build();
            plain.createSchema();
            plain.enqueue(List.of(Message.to("+12025550123").text("Hello").build()));
            Claim claim = plain.claim(new ClaimRequest(Lane.NORMAL, 1, LEASE)).get(0);
            JdbcMessageStore watched = JdbcMessageStore.builder(pool)
                    .clock(() -> {
                        free.add(TestDatabases.column(pool, "SELECT state FROM sms_message FOR UPDATE SKIP LOCKED")
                                .size());
                        return claim.now();
                    })
                    .build();
            watched.setRunState(ALPHA, RunState.RUNNING);
            free.clear();

            watched.begin(
                    List.of(new AttemptStart(claim.message().id(), claim.fence(), AttemptId.create(), ALPHA)), LEASE);

            assertThat(free).containsExactly(0);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("goes by the database's clock, in UTC, whatever the zones of process and connection")
    void databaseClock(String url) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            Instant before = Instant.now().minusSeconds(1);
            Message message = Message.to("+12025550123").text("Hello").build();

            store.enqueue(List.of(message));

            Instant after = Instant.now().plusSeconds(1);
            assertThat(store.now()).isBetween(before, after);
            assertThat(store.find(message.id()).orElseThrow().dueAt()).isBetween(before, after);
            Claim claim = begin(store, AttemptId.create());
            assertThat(claim.now()).isBetween(before, after);
            assertThat(store.nextWorkAt().orElseThrow()).isBetween(before.plus(LEASE), after.plus(LEASE));
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("knows accounts that another node has registered")
    void otherNode(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore one = JdbcMessageStore.builder(pool).build();
            JdbcMessageStore two = JdbcMessageStore.builder(pool).build();
            one.createSchema();
            two.check();
            Message message = Message.to("+12025550123").text("Hello").build();
            one.enqueue(List.of(message));

            begin(one, AttemptId.create());

            assertThat(two.find(message.id()).orElseThrow().account()).isEqualTo(ALPHA);
            assertThat(two.history(message.id()).get(1).account()).isEqualTo(ALPHA);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("leaves a connection as it was")
    void connectionSettings(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            int isolation;
            try (var connection = pool.getConnection()) {
                isolation = connection.getTransactionIsolation();
            }

            store.counts();

            try (var connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
            }
        }
    }

    private static Claim begin(JdbcMessageStore store, AttemptId attempt) {
        Claim claim = store.claim(new ClaimRequest(Lane.NORMAL, 1, LEASE)).get(0);
        store.begin(List.of(new AttemptStart(claim.message().id(), claim.fence(), attempt, ALPHA)), LEASE);
        return claim;
    }
}
