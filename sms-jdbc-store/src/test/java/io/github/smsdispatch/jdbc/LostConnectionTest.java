package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On a real server that ends the connections. */
@EnabledOnOs(OS.LINUX)
@DisplayName("When a connection is lost,")
class LostConnectionTest {
    private static final ProviderAccount ALPHA = ProviderAccount.of("alpha");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final String url =
            MariaDbServer.url("d" + UUID.randomUUID().toString().replace("-", ""));
    private final TestPool admin = new TestPool(url);
    private final TestPool pool = new TestPool(url);
    private final LossyDataSource lossy = new LossyDataSource(pool);
    private final JdbcMessageStore store =
            JdbcMessageStore.builder(lossy.dataSource()).build();
    private final Message message = Message.to("+12025550123").text("Geheim").build();

    @BeforeEach
    void createSchema() {
        JdbcMessageStore.builder(admin).build().createSchema();
    }

    @AfterEach
    void closePools() throws SQLException {
        pool.close();
        admin.close();
    }

    @Test
    @DisplayName("half-way in a transaction, it is run again on another one, and counts once")
    void inTheMiddle() {
        var database = new Database(pool, "sms_", null);
        var tries = new AtomicInteger();

        database.run("to write twice", tx -> {
            insertSuppression(tx, "a");
            if (tries.incrementAndGet() == 1) {
                kill(tx.select("SELECT CONNECTION_ID()", List.of(), row -> row.getLong(1)));
            }
            insertSuppression(tx, "b");
            return 0;
        });

        assertThat(tries.get()).isEqualTo(2);
        assertThat(TestDatabases.column(admin, "SELECT tenant FROM sms_suppression ORDER BY tenant"))
                .containsExactly("a", "b");
    }

    @Test
    @DisplayName("the others that a pool kept for as long, and does not look at, are passed over too")
    void deadPool() throws Exception {
        keepDeadConnections(3);

        assertThat(store.enqueue(List.of(message)).get(0).added()).isTrue();

        assertThat(pool.connectionsOut()).isZero();
        assertThat(TestDatabases.column(admin, "SELECT COUNT(*) FROM sms_message"))
                .containsExactly("1");
    }

    @Test
    @DisplayName("again and again, it is given up after four tries with a sentence on what to do, and works later")
    void givenUp() throws Exception {
        keepDeadConnections(6);

        assertThatThrownBy(() -> store.enqueue(List.of(message)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("to enqueue messages failed after 4 tries (SQLSTATE 08")
                .hasMessageEndingWith(
                        "the connection was lost; nothing of it was kept. Try again; if it lasts, see that"
                                + " the database runs and can be reached");
        assertThat(store.enqueue(List.of(message)).get(0).added()).isTrue();
    }

    @Test
    @DisplayName("no statement gets into the exception, though the driver was told to show them")
    void noStatement() throws Exception {
        try (var talkative = new TestPool(url + "&dumpQueriesOnException=true")) {
            var database = new Database(talkative, "sms_", null);

            Throwable failure = catchThrowable(() -> database.run("to ask for a number", tx -> {
                kill(tx.select("SELECT CONNECTION_ID()", List.of(), row -> row.getLong(1)));
                return tx.select("SELECT '+12025550123'", List.of(), row -> row.getString(1));
            }));

            assertThat(failure).hasMessageContaining("failed after 4 tries (SQLSTATE 08000, code -1, ");
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("2025550123");
        }
    }

    @Test
    @DisplayName("before the commit, nobody knows whether it was kept: enqueuing again puts the message in")
    void commitLost() {
        lossy.loseCommits.set(1);

        assertThatThrownBy(() -> store.enqueue(List.of(message)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("failed after 1 try (SQLSTATE 08")
                .hasMessageContaining("whether it was kept is not known; the same call may be made again.");
        assertThat(store.enqueue(List.of(message)).get(0).added()).isTrue();
        assertThat(TestDatabases.column(admin, "SELECT COUNT(*) FROM sms_message"))
                .containsExactly("1");
    }

    @Test
    @DisplayName("between a commit and its answer, enqueuing again finds the message there, and there it is once")
    void enqueueAnswerLost() {
        lossy.loseAnswers.set(1);

        assertThatThrownBy(() -> store.enqueue(List.of(message)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("whether it was kept is not known");

        assertThat(lossy.commits.get()).as("not run again by itself").isEqualTo(1);
        assertThat(store.enqueue(List.of(message)).get(0).added()).isFalse();
        assertThat(TestDatabases.column(admin, "SELECT COUNT(*) FROM sms_message"))
                .containsExactly("1");
        assertThat(store.history(message.id())).hasSize(1);
    }

    @Test
    @DisplayName("between a claim's commit and its answer, the message is claimed again when the lease is over")
    void claimAnswerLost() {
        store.enqueue(List.of(message));
        lossy.loseAnswers.set(1);

        assertThatThrownBy(this::claim).isInstanceOf(StoreException.class);

        assertThat(claim()).isEmpty();
        TestDatabases.execute(admin, "UPDATE sms_message SET next_at = UTC_TIMESTAMP(6)");
        assertThat(claim()).singleElement().extracting(Claim::fence).isEqualTo(2L);
    }

    @Test
    @DisplayName("between the commit of an intent and its answer, no second one is made, and the first is taken back")
    void beginAnswerLost() {
        store.enqueue(List.of(message));
        Claim claim = claim().get(0);
        var attempt = AttemptId.create();
        List<AttemptStart> starts = List.of(new AttemptStart(message.id(), claim.fence(), attempt, ALPHA));
        store.setRunState(ALPHA, RunState.RUNNING); // registers it, which takes a commit of its own
        lossy.loseAnswers.set(1);

        assertThatThrownBy(() -> store.begin(starts, LEASE)).isInstanceOf(StoreException.class);

        // Nothing to hand over: that is told only by an answer.
        assertThat(store.begin(starts, LEASE)).isEmpty();
        assertThat(store.attempts(message.id())).hasSize(1);
        // What the engine says of a hand-over whose intent has no answer: it made none.
        var notMade = SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, null, "not handed over");
        store.finish(List.of(new AttemptEnd(message.id(), attempt, notMade, MessageState.QUEUED, null, Duration.ZERO)));
        assertThat(claim())
                .singleElement()
                .extracting(each -> each.message().id())
                .isEqualTo(message.id());
    }

    @Test
    @DisplayName("between the commit of an outcome and its answer, the outcome offered again changes nothing more")
    void finishAnswerLost() {
        store.enqueue(List.of(message));
        Claim claim = claim().get(0);
        var attempt = AttemptId.create();
        store.begin(List.of(new AttemptStart(message.id(), claim.fence(), attempt, ALPHA)), LEASE);
        List<AttemptEnd> ends = List.of(new AttemptEnd(
                message.id(), attempt, SubmitOutcome.Accepted.as("A-1"), MessageState.SENT, null, LEASE));
        lossy.loseAnswers.set(1);

        assertThatThrownBy(() -> store.finish(ends)).isInstanceOf(StoreException.class);
        MessageId id = message.id();
        var history = store.history(id);

        assertThat(store.finish(ends)).isEmpty();
        assertThat(store.history(id)).isEqualTo(history).hasSize(3);
        assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.SENT);
        assertThat(store.knownIds(ALPHA, List.of("A-1"))).containsExactly("A-1");
    }

    private List<Claim> claim() {
        return store.claim(new ClaimRequest(Lane.NORMAL, 10, LEASE));
    }

    private static void insertSuppression(Tx tx, String tenant) throws SQLException {
        tx.insert("~suppression", "tenant, recipient, since", List.of(List.of(tenant, "x", tx.now())));
    }

    /** Fills the pool with connections that the server has ended, which it does not know of. */
    private void keepDeadConnections(int count) throws SQLException {
        var open = new ArrayList<Connection>();
        var ids = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            Connection connection = pool.getConnection();
            open.add(connection);
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT CONNECTION_ID()")) {
                row.next();
                ids.add(row.getLong(1));
            }
        }
        for (Connection connection : open) {
            connection.close();
        }
        kill(ids);
    }

    /** Returns when they are gone. */
    private void kill(List<Long> connections) {
        for (long id : connections) {
            TestDatabases.execute(admin, "KILL " + id);
            while (!TestDatabases.column(admin, "SELECT id FROM information_schema.processlist WHERE id = " + id)
                    .isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }
}
