package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only the Linux server comes along")
@DisplayName("On a MariaDB with thousands of messages that stay,")
class RetentionCostTest {
    private static final Duration MONTH = Duration.ofDays(30);

    /** Enough for each server to find an index cheaper than a scan. */
    private static final int STAYING = 4000;

    private static final int OLD = 20;

    private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-03-08T05:29:59Z"));

    @Test
    @DisplayName("a step of a purge or an erasure reads the rows it is about, and no others")
    void steps() throws Exception {
        try (var pool = new TestPool(
                MariaDbServer.url("cost" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
            store.createSchema();
            put(store, OLD, "old");
            clock.advance(Duration.ofDays(40));
            for (int i = 0; i < STAYING / 1000; i++) {
                put(store, 1000, "new" + i);
            }
            TestDatabases.execute(pool, "ANALYZE TABLE sms_message, sms_message_body, sms_attempt, sms_event");
            // A message has four rows here; each is found, locked and deleted, some through two indexes.
            int few = OLD * 20;

            assertThat(RowsRead.by(
                            pool, () -> assertThat(store.erase(MONTH, 100)).isEqualTo(OLD)))
                    .isBetween(OLD, few);
            assertThat(RowsRead.by(
                            pool, () -> assertThat(store.erase(MONTH, 100)).isZero()))
                    .isLessThan(10);
            clock.advance(Duration.ofDays(1));
            assertThat(RowsRead.by(
                            pool,
                            () -> assertThat(store.purge(MONTH, 100).messages()).isEqualTo(OLD)))
                    .isBetween(OLD, few);
            assertThat(RowsRead.by(
                            pool,
                            () -> assertThat(store.purge(MONTH, 100).messages()).isZero()))
                    .as("no messages, and as many receipts as the step may remove")
                    .isLessThan(120);
            assertThat(RowsRead.by(pool, () -> assertThat(store.finalMessages(null, Duration.ZERO, 50))
                            .hasSize(50)))
                    .isLessThan(400);
            assertThat(RowsRead.by(
                            pool, () -> assertThat(store.messagesTo(PhoneNumber.parse("+12025550199"), null, null, 500)
                                            .messages())
                                    .isEmpty()))
                    .as("the page, twice")
                    .isBetween(500, 1100);
        }
    }

    private static void put(JdbcMessageStore store, int count, String name) {
        List<Message> messages = IntStream.range(0, count)
                .mapToObj(i -> Message.to("+12025550123")
                        .text("Hello")
                        .attribute("row", String.valueOf(i))
                        .build())
                .toList();
        store.enqueue(messages);
        List<MessageId> ids = messages.stream().map(Message::id).toList();
        store.cancel(ids);
        store.receive(IntStream.range(0, count)
                .mapToObj(i -> new Receipt(
                        ProviderAccount.of("alpha"),
                        name + "-" + i,
                        null,
                        ReceiptState.DELIVERED,
                        "delivered",
                        null,
                        null))
                .toList());
    }
}
