package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The yardstick for receipts: threads put them into a table, 100 in a transaction, each once by its hash; another takes 2,000
 * at a time and writes them into the records that the store keeps too. All messages have one part and are DELIVERED in the
 * end; nothing comes early, and the only order of states is that SENT comes before.
 */
final class PlainReceipts implements Turn {
    private static final int BATCH = 2000;
    private static final int IN_ONE_TRANSACTION = 100;
    private static final int ENROUTE = 1;
    private static final int DELIVERED = 2;

    private final HikariDataSource dataSource;
    private final int messages;
    private final int threads;
    private final List<Coming> coming;

    /** A receipt before it is received. */
    private record Coming(String providerId, int state) {}

    /** A receipt that waits. */
    private static final class Waiting {
        private final long seq;
        private final byte[] message;
        private final int state;

        Waiting(long seq, byte[] message, int state) {
            this.seq = seq;
            this.message = message;
            this.state = state;
        }
    }

    private PlainReceipts(HikariDataSource dataSource, int messages, int threads, List<Coming> coming) {
        this.dataSource = dataSource;
        this.messages = messages;
        this.threads = threads;
        this.coming = coming;
    }

    static PlainReceipts open(HikariDataSource dataSource, int messages, int threads) throws Exception {
        PlainLoop.open(dataSource, messages, 2).run();
        var coming = new ArrayList<Coming>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE p_receipt (
                      seq BIGINT NOT NULL AUTO_INCREMENT, hash BINARY(32) NOT NULL, account_id SMALLINT NOT NULL,
                      provider_message_id VARCHAR(190) NOT NULL, state TINYINT NOT NULL, status VARCHAR(190) NOT NULL,
                      received_at DATETIME(6) NOT NULL, stage TINYINT NOT NULL,
                      PRIMARY KEY (seq), UNIQUE KEY p_receipt_hash (hash), KEY p_receipt_stage (stage, seq)
                    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""");
            try (ResultSet row = statement.executeQuery("SELECT provider_message_id FROM p_part")) {
                while (row.next()) {
                    coming.add(new Coming(row.getString(1), ENROUTE));
                    coming.add(new Coming(row.getString(1), DELIVERED));
                    if (row.getRow() % 8 == 1) {
                        coming.add(new Coming(row.getString(1), DELIVERED));
                    }
                }
            }
        }
        Collections.shuffle(coming, new Random(7));
        return new PlainReceipts(dataSource, messages, threads, coming);
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public int units(int any) {
        return 2 * messages;
    }

    @Override
    public long run() throws Exception {
        long start = System.nanoTime();
        var next = new AtomicInteger();
        var allReceived = new AtomicBoolean();
        CompletableFuture<Void> applying = CompletableFuture.runAsync(() -> applyAll(allReceived));
        try {
            Workers.run(threads, () -> {
                receiveAll(next);
                return null;
            });
        } finally {
            allReceived.set(true);
        }
        applying.get();
        return System.nanoTime() - start;
    }

    private void receiveAll(AtomicInteger next) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (Connection connection = dataSource.getConnection();
                var rows = new RowInsert(
                        connection,
                        "INSERT IGNORE INTO p_receipt (hash, account_id, provider_message_id, state, status, received_at, stage)",
                        7,
                        "")) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            for (int from = next.getAndAdd(IN_ONE_TRANSACTION);
                    from < coming.size();
                    from = next.getAndAdd(IN_ONE_TRANSACTION)) {
                LocalDateTime now = PlainTables.now();
                // In the order of the index: in any other two threads with the same receipts would wait for each other.
                var byHash = new TreeMap<byte[], Coming>(Arrays::compareUnsigned);
                for (Coming one : coming.subList(from, Math.min(coming.size(), from + IN_ONE_TRANSACTION))) {
                    byHash.put(
                            sha.digest((one.state() + " " + one.providerId()).getBytes(StandardCharsets.US_ASCII)),
                            one);
                }
                byHash.forEach((hash, one) -> rows.add(hash, 1, one.providerId(), one.state(), "word", now, 1));
                rows.flush();
                connection.commit();
            }
        }
    }

    private void applyAll(AtomicBoolean allReceived) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement due = connection.prepareStatement(
                        "SELECT r.seq, p.message_id, r.state"
                                + " FROM (SELECT seq, account_id, provider_message_id, state FROM p_receipt"
                                + " WHERE stage = 1 ORDER BY stage, seq LIMIT " + BATCH + ") r"
                                + " STRAIGHT_JOIN p_part p ON p.account_id = r.account_id AND p.provider_message_id = r.provider_message_id");
                var parts = new Lists(
                        connection,
                        "UPDATE p_part FORCE INDEX (p_part_message) SET state = 2 WHERE message_id IN (?*)");
                var delivered = new Lists(
                        connection,
                        "UPDATE p_message FORCE INDEX (PRIMARY) SET state = " + PlainTables.DELIVERED + ", queue = "
                                + PlainTables.WAITS_FOR_NOTHING
                                + ", next_at = NULL, fence = fence + 1, events = events + 1, updated_at = ?"
                                + " WHERE state + 0 = " + PlainTables.SENT + " AND id IN (?*)");
                var noted = new Lists(
                        connection,
                        "UPDATE p_message FORCE INDEX (PRIMARY) SET events = events + 1, updated_at = ? WHERE id IN (?*)");
                var events = new RowInsert(
                        connection,
                        "INSERT INTO p_event (message_id, seq, happened_at, from_state, to_state, source, account_id, code)",
                        8,
                        "")) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            while (true) {
                boolean wasAll = allReceived.get();
                List<Waiting> batch = read(due);
                if (batch.isEmpty() && wasAll) {
                    return;
                }
                if (batch.isEmpty()) {
                    connection.rollback();
                    TimeUnit.MILLISECONDS.sleep(1);
                    continue;
                }
                LocalDateTime now = PlainTables.now();
                Map<Integer, List<byte[]>> byState = new HashMap<>();
                for (Waiting one : batch) {
                    byState.computeIfAbsent(one.state, any -> new ArrayList<>()).add(one.message);
                    events.add(
                            one.message,
                            3 + one.state,
                            now,
                            PlainTables.SENT,
                            one.state == DELIVERED ? PlainTables.DELIVERED : PlainTables.SENT,
                            3,
                            1,
                            "word");
                }
                List<byte[]> ended = byState.getOrDefault(DELIVERED, List.of());
                if (!ended.isEmpty()) {
                    parts.with(ended).executeUpdate();
                    delivered.with(ended, now).executeUpdate();
                }
                List<byte[]> enRoute = byState.getOrDefault(ENROUTE, List.of());
                if (!enRoute.isEmpty()) {
                    noted.with(enRoute, now).executeUpdate();
                }
                events.flush();
                markApplied(connection, batch);
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without locks: nobody else applies any. */
    private static List<Waiting> read(PreparedStatement due) throws SQLException {
        var batch = new ArrayList<Waiting>(BATCH);
        try (ResultSet row = due.executeQuery()) {
            while (row.next()) {
                batch.add(new Waiting(row.getLong(1), row.getBytes(2), row.getInt(3)));
            }
        }
        return batch;
    }

    /** One by one: what was inserted beside them with a number in between may become visible later. */
    private static void markApplied(Connection connection, List<Waiting> batch) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(batch.stream()
                    .map(one -> Long.toString(one.seq))
                    .collect(Collectors.joining(
                            ",", "UPDATE p_receipt FORCE INDEX (PRIMARY) SET stage = 2 WHERE seq IN (", ")")));
        }
    }

    @Override
    public void check() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT (SELECT COUNT(*) FROM p_message WHERE state = "
                        + PlainTables.DELIVERED
                        + "), (SELECT COUNT(*) FROM p_receipt WHERE stage = 2), (SELECT COUNT(*) FROM p_event)")) {
            row.next();
            if (row.getInt(1) != messages || row.getInt(2) != 2 * messages || row.getInt(3) != 5 * messages) {
                throw new IllegalStateException(row.getInt(1) + " of " + messages + " are delivered, " + row.getInt(2)
                        + " receipts are applied, and there are " + row.getInt(3) + " events");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        MariaDb.drop(dataSource);
    }
}
