package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.testkit.MovableClock;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only the Linux server comes along")
@DisplayName("An inbox full of receipts that are applied, given up or not due")
class InboxSizeTest {
    private static final int MANY = 5000;
    private static final int FEW = 10;

    @Test
    @DisplayName("costs no more to look into than an empty one, because an index leads to those that are due")
    void onlyWhatIsDue() throws SQLException {
        try (var pool = new TestPool(
                MariaDbServer.url("inbox" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool)
                    // Stands still, so that nothing becomes due for the second time.
                    .clock(MovableClock.startingAt(Instant.parse("2026-03-08T05:29:59Z")))
                    .build();
            store.createSchema();
            store.receive(strangers(0, MANY));
            TestDatabases.execute(
                    pool,
                    "UPDATE sms_receipt SET stage = 2 + seq % 3,"
                            + " try_at = CASE WHEN seq % 3 = 0 THEN '2999-01-01' END",
                    "ANALYZE TABLE sms_receipt");

            assertThat(rowsReadFor(pool, store, MANY)).isLessThan(MANY / 5);

            // Without it the same look reads everything: so much for the meter.
            TestDatabases.execute(pool, "DROP INDEX sms_receipt_try ON sms_receipt");
            assertThat(rowsReadFor(pool, store, MANY + FEW)).isGreaterThan(MANY);
        }
    }

    /** How many rows the server reads, by an index or without, to apply a few fresh receipts. */
    private static long rowsReadFor(TestPool pool, JdbcMessageStore store, int firstNumber) {
        store.receive(strangers(firstNumber, FEW));
        long before = rowsRead(pool);
        assertThat(store.applyReceipts(100).seen()).isEqualTo(FEW);
        return rowsRead(pool) - before;
    }

    private static long rowsRead(TestPool pool) {
        return TestDatabases.column(
                        pool,
                        "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN"
                                + " ('HANDLER_READ_KEY', 'HANDLER_READ_NEXT', 'HANDLER_READ_RND_NEXT')")
                .stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static List<Receipt> strangers(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> new Receipt(
                        ProviderAccount.of("alpha"),
                        "stranger-" + i,
                        null,
                        ReceiptState.DELIVERED,
                        "delivered",
                        null,
                        null))
                .toList();
    }
}
