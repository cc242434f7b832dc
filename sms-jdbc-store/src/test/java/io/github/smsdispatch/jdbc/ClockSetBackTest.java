package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On a real server, whose sessions are told another time (variable {@code timestamp}). */
@EnabledOnOs(OS.LINUX)
@DisplayName("When the clock of the database jumps,")
class ClockSetBackTest {
    private static final ProviderAccount ALPHA = ProviderAccount.of("alpha");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final ShiftedPool pool =
            new ShiftedPool(MariaDbServer.url("d" + UUID.randomUUID().toString().replace("-", "")));
    private final JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
    private final JdbcMessageStore other = JdbcMessageStore.builder(pool).build();

    /** Its connections go by a clock that is ahead of the server's, or behind it. */
    private static final class ShiftedPool extends TestPool {
        Duration ahead = Duration.ZERO;

        ShiftedPool(String url) {
            super(url);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            try (Statement statement = connection.createStatement()) {
                // SYSDATE goes on whatever the session was told.
                statement.execute("SET timestamp = UNIX_TIMESTAMP(SYSDATE(6)) + " + ahead.toSeconds());
            }
            return connection;
        }
    }

    @BeforeEach
    void createSchema() {
        store.createSchema();
    }

    @AfterEach
    void closePool() throws SQLException {
        pool.close();
    }

    @Test
    @DisplayName(
            "back, what is leased stays leased, and its answer is written; times in its history go back, its order does not")
    void leasedWhenSetBack() {
        MessageId id = enqueue();
        Claim claim = claim(store).get(0);
        var attempt = begin(store, claim);
        pool.ahead = Duration.ofHours(-2);

        assertThat(other.recover(10)).isEmpty();
        assertThat(claim(other)).isEmpty();
        accept(store, id, attempt);

        List<MessageEvent> history = store.history(id);
        assertThat(history)
                .extracting(MessageEvent::to)
                .containsExactly(MessageState.QUEUED, MessageState.SUBMITTING, MessageState.SENT);
        assertThat(history.get(2).at()).isBefore(history.get(1).at());
        assertThat(other.recover(10)).isEmpty();
        assertThat(other.expire(Duration.ofHours(1), 10)).isEmpty();
    }

    @Test
    @DisplayName("back, what waits goes on waiting until the clock is where it was, and what is new goes at once")
    void waitingWhenSetBack() {
        MessageId early = enqueue();
        pool.ahead = Duration.ofHours(-2);
        MessageId late = enqueue();

        assertThat(claim(store))
                .singleElement()
                .extracting(each -> each.message().id())
                .isEqualTo(late);
        pool.ahead = Duration.ZERO;
        // The lease of the late one is over by this clock.
        assertThat(claim(store)).extracting(each -> each.message().id()).containsExactlyInAnyOrder(early, late);
    }

    @Test
    @DisplayName(
            "forward, a claim whose lease is suddenly over goes to another node, and the first one hands nothing over")
    void claimedWhenSetForward() {
        enqueue();
        Claim first = claim(store).get(0);
        pool.ahead = Duration.ofHours(2);
        Claim second = claim(other).get(0);

        assertThat(store.begin(List.of(start(first)), LEASE)).isEmpty();
        assertThat(other.begin(List.of(start(second)), LEASE)).hasSize(1);
    }

    @Test
    @DisplayName("forward, a hand-over that is under way is in doubt, not repeated, and its answer settles it")
    void handedOverWhenSetForward() {
        MessageId id = enqueue();
        AttemptId attempt = begin(store, claim(store).get(0));
        pool.ahead = Duration.ofHours(2);

        assertThat(other.recover(10)).hasSize(1);
        assertThat(claim(other)).isEmpty();
        accept(store, id, attempt);

        assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.SENT);
    }

    @Test
    @DisplayName("back and forth at every call, by minutes, two nodes hand each message over once, and lose none")
    void backAndForth() {
        var random = new Random(7);
        Set<MessageId> all = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            shift(random);
            all.add(enqueue());
        }
        List<MessageId> handedOver = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            JdbcMessageStore node = round % 2 == 0 ? store : other;
            shift(random);
            List<Claim> claims = node.claim(new ClaimRequest(Lane.NORMAL, 7, LEASE));
            shift(random);
            for (Claim claim : claims) {
                AttemptStart start = start(claim);
                if (node.begin(List.of(start), LEASE).isEmpty()) {
                    continue;
                }
                handedOver.add(claim.message().id());
                shift(random);
                other.recover(10);
                shift(random);
                accept(node, claim.message().id(), start.attempt());
            }
        }
        pool.ahead = Duration.ofMinutes(10);
        for (Claim claim : store.claim(new ClaimRequest(Lane.NORMAL, 100, LEASE))) {
            handedOver.add(claim.message().id());
            accept(store, claim.message().id(), begin(store, claim));
        }

        assertThat(handedOver).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(TestDatabases.column(pool, "SELECT DISTINCT CONCAT(state, ' ', attempts) FROM sms_status"))
                .containsExactly("SENT 1");
    }

    private void shift(Random random) {
        pool.ahead = Duration.ofMinutes(random.nextInt(11) - 5L);
    }

    private MessageId enqueue() {
        Message message = Message.to("+12025550123").text("Hello").build();
        store.enqueue(List.of(message));
        return message.id();
    }

    private static List<Claim> claim(JdbcMessageStore node) {
        return node.claim(new ClaimRequest(Lane.NORMAL, 10, LEASE));
    }

    private static AttemptStart start(Claim claim) {
        return new AttemptStart(claim.message().id(), claim.fence(), AttemptId.create(), ALPHA);
    }

    private static AttemptId begin(JdbcMessageStore node, Claim claim) {
        AttemptStart start = start(claim);
        assertThat(node.begin(List.of(start), LEASE)).hasSize(1);
        return start.attempt();
    }

    private static void accept(JdbcMessageStore node, MessageId message, AttemptId attempt) {
        node.finish(List.of(new AttemptEnd(
                message, attempt, SubmitOutcome.Accepted.as("A-" + attempt), MessageState.SENT, null, LEASE)));
    }
}
