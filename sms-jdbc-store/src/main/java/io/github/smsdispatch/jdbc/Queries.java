package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.Records;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions that change nothing. */
final class Queries {
    private final Database database;
    private final Accounts accounts;
    private final Loader loader;

    Queries(Database database, Accounts accounts, Loader loader) {
        this.database = database;
        this.accounts = accounts;
        this.loader = loader;
    }

    Optional<MessageStatus> find(MessageId message) {
        return database.run("to find a message", tx -> status(tx, List.of(message)));
    }

    Optional<MessageStatus> findByKey(String tenant, String key) {
        return database.run(
                "to find a message by its key",
                tx -> status(
                        tx,
                        tx.select(
                                "SELECT id FROM ~message_body WHERE key_hash = ?",
                                List.of(Hashes.ofKey(tenant, key)),
                                row -> Values.messageId(row, 1))));
    }

    Optional<MessageStatus> findByAttempt(AttemptId attempt) {
        return database.run(
                "to find a message by its attempt",
                tx -> status(
                        tx,
                        tx.select(
                                "SELECT message_id FROM ~attempt WHERE id = ?",
                                List.of(attempt),
                                row -> Values.messageId(row, 1))));
    }

    List<MessageEvent> history(MessageId message) {
        return database.run(
                "to read a history",
                tx -> tx.select(
                        """
                        SELECT happened_at, from_state, to_state, source, account_id, reason, code, detail
                        FROM ~event WHERE message_id = ? ORDER BY seq""",
                        List.of(message),
                        row -> new MessageEvent(
                                Values.instant(row, 1),
                                Values.constantOrNull(Codes.STATE, row, 2),
                                Values.constant(Codes.STATE, row, 3),
                                Values.constant(Codes.SOURCE, row, 4),
                                accounts.read(tx, row, 5),
                                Values.constantOrNull(Codes.REASON, row, 6),
                                row.getString(7),
                                row.getString(8))));
    }

    List<PastAttempt> attempts(MessageId message) {
        return database.run("to read attempts", tx -> {
            var records = new Records();
            loader.attemptsOfMessages(tx, records, List.of(message));
            return records.attemptsOf(message).stream().map(AttemptRecord::past).toList();
        });
    }

    List<StateCount> counts() {
        return database.run(
                "to count messages",
                tx -> tx.select(
                        "SELECT state, account_id, COUNT(*), SUM(segments) FROM ~message GROUP BY state, account_id",
                        List.of(),
                        row -> new StateCount(
                                Values.constant(Codes.STATE, row, 1),
                                accounts.read(tx, row, 2),
                                row.getLong(3),
                                row.getLong(4))));
    }

    /** Grouped, so that the database reads the first entry of each queue in the index and no more. */
    Optional<Instant> nextWorkAt() {
        return database.run("to ask for the next work", tx -> tx
                .select(
                        "SELECT queue, MIN(next_at) FROM ~message WHERE queue > ? GROUP BY queue",
                        List.of(Queue.NONE),
                        row -> Values.instant(row, 2))
                .stream()
                .min(Comparator.naturalOrder()));
    }

    private Optional<MessageStatus> status(Tx tx, List<MessageId> ids) throws SQLException {
        for (MessageId id : ids) {
            String providerId = latestProviderId(tx, id);
            return loader.find(tx, id).stream()
                    .map(message -> message.status(providerId))
                    .findFirst();
        }
        return Optional.empty();
    }

    private static @Nullable String latestProviderId(Tx tx, MessageId id) throws SQLException {
        List<String> ids = tx.select(
                """
                SELECT provider_message_id FROM ~attempt_part
                WHERE message_id = ? ORDER BY attempt DESC, seq LIMIT 1""",
                List.of(id),
                row -> row.getString(1));
        return ids.isEmpty() ? null : ids.get(0);
    }
}
