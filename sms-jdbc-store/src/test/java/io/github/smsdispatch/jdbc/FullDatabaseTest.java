package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With the errors of a real server: a table of the MEMORY engine that may not grow, and triggers that signal what a full
 * disk brings. (A MariaDB whose system tablespace is really full ends itself in the rollback.)
 */
@EnabledOnOs(OS.LINUX)
@DisplayName("When the database is full,")
class FullDatabaseTest {
    private static final String SMALL = "SET SESSION max_heap_table_size = 16384";

    private final TestPool pool =
            new TestPool(MariaDbServer.url("d" + UUID.randomUUID().toString().replace("-", "")));
    private final JdbcMessageStore store = JdbcMessageStore.builder(pool).build();

    @BeforeEach
    void createSchema() {
        store.createSchema();
    }

    @AfterEach
    void closePool() throws SQLException {
        pool.close();
    }

    @Test
    @DisplayName("the call says so at once, keeps nothing, and works when there is room again")
    void full() {
        TestDatabases.execute(pool, SMALL, "ALTER TABLE sms_event ENGINE = MEMORY");
        var taken = new ArrayList<MessageId>();

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        Message message =
                                Message.to("+12025550123").text("Hello").build();
                        store.enqueue(List.of(message));
                        taken.add(message.id());
                    }
                })
                .isInstanceOf(StoreException.class)
                .hasMessage("to enqueue messages failed after 1 try (SQLSTATE HY000, code 1114): the database is full;"
                        + " nothing of it was kept. Make room: what is to be done waits");

        assertThat(taken).isNotEmpty();
        assertThat(TestDatabases.column(pool, "SELECT COUNT(*) FROM sms_message"))
                .containsExactly(String.valueOf(taken.size()));
        TestDatabases.execute(pool, "ALTER TABLE sms_event ENGINE = InnoDB");
        Message next = Message.to("+12025550123").text("Hello").build();
        assertThat(store.enqueue(List.of(next)).get(0).added()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {1114, 1021, 1026, 3})
    @DisplayName("whichever of the codes it has, nothing is tried twice")
    void codes(int code) {
        signal(code);

        assertThatThrownBy(() -> store.enqueue(
                        List.of(Message.to("+12025550123").text("Hello").build())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("failed after 1 try (SQLSTATE HY000, code " + code + "): the database is full");
        assertThat(store.counts()).isEmpty();
    }

    @Test
    @Timeout(60)
    @DisplayName("an engine hands nothing over, tells it through its health, and goes on by itself when there is room")
    void engine() throws Exception {
        var provider = new InstantProvider();
        var sent = new CountDownLatch(3);
        DispatchEngine engine = DispatchEngine.builder(store)
                .account(ProviderAccount.of("instant"), provider)
                .lease(Duration.ofSeconds(1))
                .listener(change -> {
                    if (change.event().to() == MessageState.SENT) {
                        sent.countDown();
                    }
                })
                .build();
        for (int i = 0; i < 3; i++) {
            engine.enqueue(Message.to("+12025550123").text("Hello " + i).build());
        }
        signal(1021);
        engine.start();
        String trouble = awaitTrouble(engine);

        assertThat(trouble).startsWith("to begin hand-overs failed after 1 try").contains("the database is full");
        assertThat(provider.handedOver).isEmpty();
        assertThat(sent.getCount()).isEqualTo(3);

        TestDatabases.execute(pool, "DROP TRIGGER full");
        sent.await();
        while (engine.health().storeTrouble() != null) {
            Thread.onSpinWait();
        }
        engine.close();
        assertThat(provider.handedOver).containsExactlyInAnyOrder("Hello 0", "Hello 1", "Hello 2");
    }

    private static String awaitTrouble(DispatchEngine engine) {
        for (; ; Thread.onSpinWait()) {
            String trouble = engine.health().storeTrouble();
            if (trouble != null) {
                return trouble;
            }
        }
    }

    private void signal(int code) {
        TestDatabases.execute(
                pool,
                "CREATE TRIGGER full BEFORE INSERT ON sms_event FOR EACH ROW SIGNAL SQLSTATE 'HY000'"
                        + " SET MYSQL_ERRNO = " + code + ", MESSAGE_TEXT = 'no space'");
    }

    /** Takes everything at once. */
    private static final class InstantProvider implements SmsProvider {
        final Queue<String> handedOver = new ConcurrentLinkedQueue<>();

        @Override
        public ProviderTraits traits() {
            return ProviderTraits.builder().longestCall(Duration.ofMillis(500)).build();
        }

        @Override
        public List<SubmitOutcome> submit(List<Submission> batch) {
            return batch.stream()
                    .map(each -> {
                        handedOver.add(each.text());
                        return (SubmitOutcome) SubmitOutcome.Accepted.as("id-" + UUID.randomUUID());
                    })
                    .toList();
        }
    }
}
