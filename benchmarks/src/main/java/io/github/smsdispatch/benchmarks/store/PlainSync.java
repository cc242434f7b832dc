package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.SentAttempt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The yardstick for status sync: leases 2,000 messages that are due for a look-up, asks the provider, and writes what it
 * says into the records that the store keeps too, except the receipts themselves, which it does not keep. A lease is
 * committed before the provider is asked.
 */
final class PlainSync implements Turn {
    private static final int BATCH = 2000;

    private final HikariDataSource dataSource;
    private final InstantProvider provider;
    private final int messages;
    private final int threads;

    /** A message as the loop has it in hand. */
    private static final class Asked {
        private final byte[] id;
        private final String providerId;

        Asked(byte[] id, String providerId) {
            this.id = id;
            this.providerId = providerId;
        }
    }

    private PlainSync(HikariDataSource dataSource, int messages, int threads) {
        this.dataSource = dataSource;
        this.provider = new InstantProvider(messages, BATCH);
        this.messages = messages;
        this.threads = threads;
    }

    static PlainSync open(HikariDataSource dataSource, int messages, int threads) throws Exception {
        PlainLoop.open(dataSource, messages, threads).run();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE p_message SET next_at = UTC_TIMESTAMP(6)");
        }
        return new PlainSync(dataSource, messages, threads);
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public long run() throws Exception {
        return Workers.run(threads, () -> {
            try (Connection connection = dataSource.getConnection();
                    var statements = new Statements(connection)) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(false);
                for (List<Asked> batch = claim(connection, statements);
                        !batch.isEmpty();
                        batch = claim(connection, statements)) {
                    provider.lookUp(batch.stream().map(PlainSync::attempt).toList());
                    record(connection, statements, batch);
                }
            }
            return messages;
        });
    }

    private static SentAttempt attempt(Asked asked) {
        return new SentAttempt(
                AttemptId.create(), List.of(asked.providerId), PhoneNumber.parse(Campaign.recipient(0)), Instant.EPOCH);
    }

    /** Prepared once for the loop. */
    private static final class Statements implements AutoCloseable {
        private final PreparedStatement due;
        private final Lists lease;
        private final Lists read;
        private final Lists parts;
        private final Lists delivered;
        private final RowInsert events;

        Statements(Connection connection) throws SQLException {
            due = connection.prepareStatement("SELECT id FROM p_message WHERE queue = " + PlainTables.WAITS_FOR_STATUS
                    + " AND next_at <= UTC_TIMESTAMP(6) ORDER BY queue, next_at LIMIT " + BATCH
                    + " FOR UPDATE SKIP LOCKED");
            lease = new Lists(
                    connection,
                    "UPDATE p_message FORCE INDEX (PRIMARY) SET next_at = ?, fence = fence + 1 WHERE id IN (?*)");
            read = new Lists(
                    connection,
                    "SELECT message_id, provider_message_id FROM p_part FORCE INDEX (p_part_message) WHERE message_id IN (?*)");
            // Without being forced the server reads small tables from end to end for so long a list.
            parts = new Lists(
                    connection, "UPDATE p_part FORCE INDEX (p_part_message) SET state = 2 WHERE message_id IN (?*)");
            delivered = new Lists(
                    connection,
                    "UPDATE p_message FORCE INDEX (PRIMARY) SET state = " + PlainTables.DELIVERED + ", queue = "
                            + PlainTables.WAITS_FOR_NOTHING
                            + ", next_at = NULL, fence = fence + 1, events = events + 1, updated_at = ?"
                            + " WHERE state + 0 = " + PlainTables.SENT + " AND id IN (?*)");
            events = new RowInsert(
                    connection,
                    "INSERT INTO p_event (message_id, seq, happened_at, from_state, to_state, source, account_id, code)",
                    8,
                    "");
        }

        @Override
        public void close() throws SQLException {
            due.close();
            lease.close();
            read.close();
            parts.close();
            delivered.close();
            events.close();
        }
    }

    private static List<Asked> claim(Connection connection, Statements statements) throws SQLException {
        var ids = new ArrayList<byte[]>(BATCH);
        try (ResultSet rows = statements.due.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getBytes(1));
            }
        }
        if (ids.isEmpty()) {
            connection.rollback();
            return List.of();
        }
        statements
                .lease
                .with(ids, PlainTables.now().plus(Duration.ofMinutes(1)))
                .executeUpdate();
        var asked = new ArrayList<Asked>(ids.size());
        try (ResultSet rows = statements.read.with(ids).executeQuery()) {
            while (rows.next()) {
                asked.add(new Asked(rows.getBytes(1), rows.getString(2)));
            }
        }
        connection.commit();
        return asked;
    }

    private static void record(Connection connection, Statements statements, List<Asked> batch) throws SQLException {
        LocalDateTime now = PlainTables.now();
        List<byte[]> ids = batch.stream().map(one -> one.id).toList();
        statements.parts.with(ids).executeUpdate();
        int updated = statements.delivered.with(ids, now).executeUpdate();
        if (updated != ids.size()) {
            throw new IllegalStateException("messages were changed in spite of their lease");
        }
        for (byte[] id : ids) {
            statements.events.add(id, 4, now, PlainTables.SENT, PlainTables.DELIVERED, 4, 1, "delivered");
        }
        statements.events.flush();
        connection.commit();
    }

    @Override
    public void check() {
        if (provider.lookedUp() != messages) {
            throw new IllegalStateException(provider.lookedUp() + " look-ups for " + messages + " messages");
        }
    }

    @Override
    public void close() throws SQLException {
        MariaDb.drop(dataSource);
    }
}
