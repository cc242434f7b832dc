package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("After an erasure")
class ErasureTest {
    private static final ProviderAccount ALPHA = ProviderAccount.of("alpha");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String NUMBER = "+447700900123";

    /** All of it that could tell whom or what the message was. */
    private static final List<String> PERSONAL =
            List.of("7700900123", "Your results are in", "7700900456", "Ada", "visit-4711");

    static Stream<String> urls() {
        return TestDatabases.urls();
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("no table holds number, text, sender, attributes or key of the message")
    void nothingIsLeft(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            Message message = delivered(store, ReceiptState.DELIVERED, null);
            assertThat(PERSONAL)
                    .allSatisfy(each -> assertThat(tablesWith(pool, each)).isNotEmpty());

            assertThat(store.erase(List.of(message.id()))).containsExactly(message.id());

            assertThat(PERSONAL)
                    .allSatisfy(each -> assertThat(tablesWith(pool, each)).isEmpty());
            assertThat(tablesWith(pool, "spring")).contains("SMS_MESSAGE_BODY", "SMS_STATUS");
            assertThat(TestDatabases.column(pool, "SELECT state FROM sms_status"))
                    .containsExactly("DELIVERED");
            assertThat(TestDatabases.column(pool, "SELECT next_at FROM sms_status"))
                    .containsExactly("null");
            assertThat(store.findByKey(Message.DEFAULT_TENANT, "visit-4711")).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("the number of a person who wants no texts is in the list of those, and nowhere else")
    void suppressionStays(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            Message message = delivered(store, ReceiptState.UNDELIVERED, FailureReason.OPTED_OUT);

            store.erase(List.of(message.id()));

            assertThat(tablesWith(pool, "7700900123")).containsExactly("SMS_SUPPRESSION");
            store.unsuppress(Message.DEFAULT_TENANT, PhoneNumber.parse(NUMBER));
            assertThat(tablesWith(pool, "7700900123")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("and a purge, no table holds anything of the message but the memory of its receipt")
    void purged(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            Message message = delivered(store, ReceiptState.DELIVERED, null);
            String id = message.id().toString().replace("-", "");
            assertThat(tablesWith(pool, id))
                    .contains("SMS_MESSAGE", "SMS_MESSAGE_BODY", "SMS_MESSAGE_ATTRIBUTE", "SMS_ATTEMPT", "SMS_EVENT");

            assertThat(store.purge(Duration.ZERO, 10).messages()).isEqualTo(1);

            assertThat(tablesWith(pool, id)).isEmpty();
            assertThat(tablesWith(pool, "provider-id-1")).containsExactly("SMS_RECEIPT");
        }
    }

    private static Message delivered(JdbcMessageStore store, ReceiptState reported, @Nullable FailureReason reason) {
        Message message = Message.to(NUMBER)
                .text("Your results are in")
                .sender(Sender.of("+447700900456"))
                .idempotencyKey("visit-4711")
                .campaign("spring")
                .attribute("patient", "Ada")
                .build();
        store.enqueue(List.of(message));
        Claim claim = store.claim(new ClaimRequest(Lane.NORMAL, 1, LEASE)).get(0);
        AttemptId attempt = AttemptId.create();
        store.begin(List.of(new AttemptStart(message.id(), claim.fence(), attempt, ALPHA)), LEASE);
        store.finish(List.of(new AttemptEnd(
                message.id(), attempt, SubmitOutcome.Accepted.as("provider-id-1"), MessageState.SENT, null, LEASE)));
        store.receive(List.of(new Receipt(ALPHA, "provider-id-1", attempt, reported, "done", null, reason, null)));
        assertThat(store.applyReceipts(10).changes()).hasSize(1);
        return message;
    }

    /** The tables, and views, that hold a text in any column, as text or as bytes or written in hexadecimal digits. */
    private static List<String> tablesWith(TestPool pool, String text) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (ResultSet rows = connection.getMetaData().getTables(connection.getCatalog(), null, "%", null)) {
                while (rows.next()) {
                    if (rows.getString("TABLE_NAME").toUpperCase(Locale.ROOT).startsWith("SMS_")) {
                        tables.add(rows.getString("TABLE_NAME").toUpperCase(Locale.ROOT));
                    }
                }
            }
            assertThat(tables).hasSizeGreaterThan(12);
            var holders = new ArrayList<String>();
            for (String table : tables.stream().sorted().toList()) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table.toLowerCase(Locale.ROOT))) {
                    if (holds(rows, text)) {
                        holders.add(table);
                    }
                }
            }
            return holders;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean holds(ResultSet rows, String text) throws SQLException {
        while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                Object value = rows.getObject(i);
                if (value != null && (says(rows.getString(i), text) || (value instanceof byte[] b && says(b, text)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean says(byte[] bytes, String text) {
        var hex = new StringBuilder();
        for (byte each : bytes) {
            hex.append(String.format(Locale.ROOT, "%02x", each));
        }
        return says(new String(bytes, StandardCharsets.UTF_8), text)
                || hex.toString().contains(text);
    }

    private static boolean says(String value, String text) {
        return value.replace("-", "").contains(text.replace("-", ""));
    }
}
