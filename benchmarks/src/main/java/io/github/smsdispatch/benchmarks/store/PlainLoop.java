package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The yardstick: a loop over plain JDBC that keeps the same records as the store, 2,000 messages with each statement. The
 * intent is committed before the provider is called and the outcome after, claim and intent in one transaction.
 *
 * <p>What it does not do: lanes, validity, suppressed recipients, routing, health and rate limits, refusals and doubts,
 * fencing and recovery of what a dead process leaves, look for ids of the provider that are known already, guard states.
 */
final class PlainLoop implements Turn {
    private static final int BATCH = 2000;

    private final HikariDataSource dataSource;
    private final InstantProvider provider;
    private final int messages;
    private final int threads;

    /** A message as the loop has it in hand. */
    private static final class Claimed {
        private final byte[] id;
        private final byte[] attempt = PlainTables.bytes(UUID.randomUUID());
        private final String text;

        Claimed(byte[] id, String text) {
            this.id = id;
            this.text = text;
        }
    }

    private PlainLoop(HikariDataSource dataSource, InstantProvider provider, int messages, int threads) {
        this.dataSource = dataSource;
        this.provider = provider;
        this.messages = messages;
        this.threads = threads;
    }

    static PlainLoop open(HikariDataSource dataSource, int messages, int threads) throws SQLException {
        PlainTables.create(dataSource);
        PlainTables.insert(dataSource, Campaign.of(messages), 1000);
        return new PlainLoop(dataSource, new InstantProvider(messages, 1), messages, threads);
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
                for (List<Claimed> batch = claim(connection, statements);
                        !batch.isEmpty();
                        batch = claim(connection, statements)) {
                    List<String> ids =
                            batch.stream().map(one -> provider.take(one.text)).toList();
                    record(connection, statements, batch, ids);
                }
            }
            return messages;
        });
    }

    /** Prepared once for the loop. */
    private static final class Statements implements AutoCloseable {
        private final PreparedStatement due;
        private final Lists claim;
        private final Lists read;
        private final RowInsert attempts;
        private final Lists end;
        private final RowInsert parts;
        private final Lists sent;
        private final RowInsert events;

        Statements(Connection connection) throws SQLException {
            due = connection.prepareStatement("SELECT id FROM p_message WHERE queue = " + PlainTables.WAITS_FOR_CLAIM
                    + " AND next_at <= UTC_TIMESTAMP(6) ORDER BY queue, next_at LIMIT " + BATCH
                    + " FOR UPDATE SKIP LOCKED");
            claim = new Lists(
                    connection,
                    "UPDATE p_message FORCE INDEX (PRIMARY) SET state = " + PlainTables.SUBMITTING + ", queue = "
                            + PlainTables.WAITS_FOR_ANSWER
                            + ", next_at = ?, fence = fence + 1, account_id = 1, attempts = attempts + 1,"
                            + " events = events + 1, updated_at = ? WHERE id IN (?*)");
            read = new Lists(
                    connection,
                    "SELECT id, recipient, sender, body FROM p_body FORCE INDEX (PRIMARY) WHERE id IN (?*)");
            attempts = new RowInsert(
                    connection, "INSERT INTO p_attempt (message_id, seq, id, account_id, result, started_at)", 6, "");
            end = new Lists(
                    connection,
                    "UPDATE p_attempt FORCE INDEX (PRIMARY) SET result = 2, ended_at = ? WHERE seq = 1 AND message_id IN (?*)");
            parts = new RowInsert(
                    connection,
                    "INSERT INTO p_part (account_id, provider_message_id, message_id, attempt, attempt_id, seq, state)",
                    7,
                    "");
            sent = new Lists(
                    connection,
                    "UPDATE p_message FORCE INDEX (PRIMARY) SET state = " + PlainTables.SENT + ", queue = "
                            + PlainTables.WAITS_FOR_STATUS
                            + ", next_at = ?, fence = fence + 1, events = events + 1, updated_at = ? WHERE state + 0 = "
                            + PlainTables.SUBMITTING + " AND id IN (?*)");
            events = new RowInsert(
                    connection,
                    "INSERT INTO p_event (message_id, seq, happened_at, from_state, to_state, source, account_id)",
                    7,
                    "");
        }

        @Override
        public void close() throws SQLException {
            due.close();
            claim.close();
            read.close();
            attempts.close();
            end.close();
            parts.close();
            sent.close();
            events.close();
        }
    }

    private static List<Claimed> claim(Connection connection, Statements statements) throws SQLException {
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
        LocalDateTime now = PlainTables.now();
        statements.claim.with(ids, now.plus(Duration.ofMinutes(1)), now).executeUpdate();
        var claimed = new ArrayList<Claimed>(ids.size());
        try (ResultSet rows = statements.read.with(ids).executeQuery()) {
            while (rows.next()) {
                claimed.add(new Claimed(rows.getBytes(1), rows.getString(4)));
            }
        }
        for (Claimed one : claimed) {
            statements.attempts.add(one.id, 1, one.attempt, 1, 1, now);
            statements.events.add(one.id, 2, now, PlainTables.QUEUED, PlainTables.SUBMITTING, 2, 1);
        }
        statements.attempts.flush();
        statements.events.flush();
        connection.commit();
        return claimed;
    }

    private static void record(
            Connection connection, Statements statements, List<Claimed> batch, List<String> providerIds)
            throws SQLException {
        LocalDateTime now = PlainTables.now();
        List<byte[]> ids = batch.stream().map(one -> one.id).toList();
        statements.end.with(ids, now).executeUpdate();
        for (int i = 0; i < batch.size(); i++) {
            Claimed one = batch.get(i);
            statements.parts.add(1, providerIds.get(i), one.id, 1, one.attempt, 1, 1);
            statements.events.add(one.id, 3, now, PlainTables.SUBMITTING, PlainTables.SENT, 2, 1);
        }
        statements.parts.flush();
        int updated =
                statements.sent.with(ids, now.plus(Duration.ofHours(6)), now).executeUpdate();
        if (updated != ids.size()) {
            throw new IllegalStateException("messages were changed in spite of their lease");
        }
        statements.events.flush();
        connection.commit();
    }

    @Override
    public void check() throws SQLException {
        provider.expectEachOnce();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM p_message m JOIN p_part p"
                        + " ON p.message_id = m.id WHERE m.state = " + PlainTables.SENT)) {
            row.next();
            if (row.getInt(1) != messages) {
                throw new IllegalStateException(row.getInt(1) + " of " + messages + " are sent");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        MariaDb.drop(dataSource);
    }
}
