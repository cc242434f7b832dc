package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a team writes that has only just begun: one table, a state, and the provider's id; no history, no attempts, and
 * nothing of what the other loop leaves out. That a message is about to be handed over is committed before the call.
 */
final class OneTable implements Turn {
    private static final int NEW = 0;
    private static final int SENDING = 1;
    private static final int SENT = 2;

    private final HikariDataSource dataSource;
    private final InstantProvider provider;
    private final int messages;
    private final int batch;
    private final int threads;

    private OneTable(HikariDataSource dataSource, int messages, int batch, int threads) {
        this.dataSource = dataSource;
        this.provider = new InstantProvider(messages, 1);
        this.messages = messages;
        this.batch = batch;
        this.threads = threads;
    }

    /** @param batch how many messages it takes with each statement */
    static OneTable open(HikariDataSource dataSource, int messages, int batch, int threads) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE sms (
                      id BIGINT NOT NULL AUTO_INCREMENT, recipient VARCHAR(16) NOT NULL, body TEXT NOT NULL,
                      state TINYINT NOT NULL, provider_id VARCHAR(64) NULL, changed_at TIMESTAMP(6) NOT NULL,
                      PRIMARY KEY (id), KEY sms_state (state, id)
                    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""");
            connection.setAutoCommit(false);
            try (var rows = new RowInsert(connection, "INSERT INTO sms (recipient, body, state, changed_at)", 4, "")) {
                for (int i = 0; i < messages; i++) {
                    rows.add(Campaign.recipient(i), Campaign.text(i), NEW, PlainTables.now());
                    if (i % 1000 == 999 || i == messages - 1) {
                        rows.flush();
                        connection.commit();
                    }
                }
            }
        }
        return new OneTable(dataSource, messages, batch, threads);
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public long run() throws Exception {
        return Workers.run(threads, batch == 1 ? this::oneByOne : this::inBatches);
    }

    private int inBatches() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement due = connection.prepareStatement("SELECT id, recipient, body FROM sms WHERE state = "
                        + NEW + " ORDER BY state, id LIMIT " + batch + " FOR UPDATE SKIP LOCKED");
                var sent = new RowInsert(
                        connection,
                        "INSERT INTO sms (id, recipient, body, state, provider_id, changed_at)",
                        6,
                        " ON DUPLICATE KEY UPDATE state = VALUES(state), provider_id = VALUES(provider_id),"
                                + " changed_at = VALUES(changed_at)")) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            while (true) {
                var ids = new ArrayList<Long>(batch);
                var texts = new ArrayList<String>(batch);
                try (ResultSet rows = due.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getLong(1));
                        texts.add(rows.getString(3));
                    }
                }
                if (ids.isEmpty()) {
                    connection.rollback();
                    return messages;
                }
                markAsSending(connection, ids);
                connection.commit();
                for (int i = 0; i < ids.size(); i++) {
                    String providerId = provider.take(texts.get(i));
                    sent.add(ids.get(i), "", "", SENT, providerId, PlainTables.now());
                }
                sent.flush();
                connection.commit();
            }
        }
    }

    private static void markAsSending(Connection connection, List<Long> ids) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE sms SET state = " + SENDING
                + ", changed_at = UTC_TIMESTAMP(6) WHERE id IN (" + "?,".repeat(ids.size() - 1) + "?)")) {
            for (int i = 0; i < ids.size(); i++) {
                update.setLong(i + 1, ids.get(i));
            }
            update.executeUpdate();
        }
    }

    private int oneByOne() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement due = connection.prepareStatement("SELECT id, recipient, body FROM sms WHERE state = "
                        + NEW + " ORDER BY state, id LIMIT 1 FOR UPDATE SKIP LOCKED");
                PreparedStatement sending = connection.prepareStatement(
                        "UPDATE sms SET state = " + SENDING + ", changed_at = UTC_TIMESTAMP(6) WHERE id = ?");
                PreparedStatement sent = connection.prepareStatement("UPDATE sms SET state = " + SENT
                        + ", provider_id = ?, changed_at = UTC_TIMESTAMP(6) WHERE id = ?")) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            while (true) {
                long id;
                String text;
                try (ResultSet row = due.executeQuery()) {
                    if (!row.next()) {
                        connection.rollback();
                        return messages;
                    }
                    id = row.getLong(1);
                    text = row.getString(3);
                }
                sending.setLong(1, id);
                sending.executeUpdate();
                connection.commit();
                sent.setString(1, provider.take(text));
                sent.setLong(2, id);
                sent.executeUpdate();
                connection.commit();
            }
        }
    }

    @Override
    public void check() throws SQLException {
        provider.expectEachOnce();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM sms WHERE provider_id IS NOT NULL AND state = " + SENT)) {
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
