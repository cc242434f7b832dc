package io.github.smsdispatch.benchmarks.store;

import io.github.smsdispatch.Message;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Tables for the loops over plain JDBC that keep the same records as the store does: messages with a narrow hot row,
 * bodies apart, a row for each hand-over and for each id of the provider, and a history.
 */
final class PlainTables {
    static final int QUEUED = 2;
    static final int SUBMITTING = 3;
    static final int SENT = 5;
    static final int DELIVERED = 6;
    static final int WAITS_FOR_CLAIM = 2;
    static final int WAITS_FOR_ANSWER = 4;
    static final int WAITS_FOR_STATUS = 101;
    static final int WAITS_FOR_NOTHING = 0;

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE p_message (
              id BINARY(16) NOT NULL, state TINYINT NOT NULL, queue SMALLINT NOT NULL, next_at DATETIME(6) NULL,
              fence BIGINT NOT NULL, lane TINYINT NOT NULL, account_id SMALLINT NULL, due_at DATETIME(6) NOT NULL,
              expires_at DATETIME(6) NOT NULL, closes_at DATETIME(6) NULL, updated_at DATETIME(6) NOT NULL, attempts INT NOT NULL,
              segments INT NOT NULL, events INT NOT NULL, tenant VARCHAR(64) NOT NULL,
              PRIMARY KEY (id), KEY p_message_queue (queue, next_at), KEY p_message_close (closes_at)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""",
            """
            CREATE TABLE p_body (
              id BINARY(16) NOT NULL, tenant VARCHAR(64) NOT NULL, key_hash BINARY(32) NULL,
              recipient VARCHAR(16) NOT NULL, sender VARCHAR(16) NULL, body MEDIUMTEXT NOT NULL,
              campaign VARCHAR(190) NULL, doubt_policy TINYINT NOT NULL,
              PRIMARY KEY (id), UNIQUE KEY p_body_key (key_hash)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""",
            """
            CREATE TABLE p_attempt (
              message_id BINARY(16) NOT NULL, seq INT NOT NULL, id BINARY(16) NOT NULL, account_id SMALLINT NOT NULL,
              result TINYINT NOT NULL, reason TINYINT NULL, code VARCHAR(64) NULL, started_at DATETIME(6) NOT NULL,
              ended_at DATETIME(6) NULL,
              PRIMARY KEY (message_id, seq), UNIQUE KEY p_attempt_id (id)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""",
            """
            CREATE TABLE p_part (
              account_id SMALLINT NOT NULL, provider_message_id VARCHAR(190) NOT NULL, message_id BINARY(16) NOT NULL,
              attempt INT NOT NULL, attempt_id BINARY(16) NOT NULL, seq INT NOT NULL, state TINYINT NOT NULL,
              PRIMARY KEY (account_id, provider_message_id), KEY p_part_message (message_id, attempt)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""",
            """
            CREATE TABLE p_event (
              message_id BINARY(16) NOT NULL, seq INT NOT NULL, happened_at DATETIME(6) NOT NULL,
              from_state TINYINT NULL, to_state TINYINT NOT NULL, source TINYINT NOT NULL, account_id SMALLINT NULL,
              code VARCHAR(64) NULL, detail VARCHAR(255) NULL,
              PRIMARY KEY (message_id, seq)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""");

    private PlainTables() {}

    static void create(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
    }

    /** Inserts messages as fast as plain JDBC can: so many in a transaction, each table with one statement. */
    static void insert(DataSource dataSource, Iterator<Message> messages, int batch) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var heads = new RowInsert(
                        connection,
                        "INSERT INTO p_message (id, state, queue, next_at, fence, lane, due_at, expires_at, closes_at,"
                                + " updated_at, attempts, segments, events, tenant)",
                        14,
                        "");
                var bodies = new RowInsert(
                        connection, "INSERT INTO p_body (id, tenant, recipient, body, doubt_policy)", 5, "");
                var events = new RowInsert(
                        connection, "INSERT INTO p_event (message_id, seq, happened_at, to_state, source)", 5, "")) {
            connection.setAutoCommit(false);
            int rows = 0;
            LocalDateTime now = now();
            while (messages.hasNext()) {
                add(messages.next(), now, heads, bodies, events);
                if (++rows == batch || !messages.hasNext()) {
                    heads.flush();
                    bodies.flush();
                    events.flush();
                    connection.commit();
                    rows = 0;
                    now = now();
                }
            }
        }
    }

    private static void add(Message message, LocalDateTime now, RowInsert heads, RowInsert bodies, RowInsert events) {
        byte[] id = bytes(message.id().value());
        heads.add(
                id,
                QUEUED,
                WAITS_FOR_CLAIM,
                now,
                0,
                2,
                now,
                now.plus(Duration.ofDays(2)),
                now.plus(Duration.ofDays(2)),
                now,
                0,
                message.segments().count(),
                1,
                message.tenant());
        bodies.add(id, message.tenant(), message.recipient().e164(), message.text(), 1);
        events.add(id, 1, now, QUEUED, 1);
    }

    static LocalDateTime now() {
        return LocalDateTime.now(ZoneOffset.UTC);
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
