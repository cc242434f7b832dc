package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.store.PurgeRound;
import io.github.smsdispatch.store.rules.Retention;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Removes what is over. A final message stands in the index of queues behind all work, at the time when it became final,
 * so that the oldest are found as the due ones of a lane are: without an index of its own that each message would pay for.
 * Receipts are numbered as they come, so that the oldest are the first of their table.
 */
final class Purges {
    private static final List<String> BELONGINGS = List.of(
            "DELETE FROM ~message_attribute WHERE message_id IN (?*)",
            "DELETE FROM ~attempt_part WHERE message_id IN (?*)",
            "DELETE FROM ~attempt WHERE message_id IN (?*)",
            "DELETE FROM ~event WHERE message_id IN (?*)",
            "DELETE FROM ~message_body WHERE id IN (?*)",
            "DELETE FROM ~message WHERE id IN (?*)");

    private final Database database;

    private record Arrival(long seq, Instant receivedAt) {}

    Purges(Database database) {
        this.database = database;
    }

    PurgeRound purge(Duration finalFor, int limit) {
        return database.run("to purge messages", tx -> {
            Instant finalUntil = Retention.finalUntil(tx.now(), finalFor);
            int erased = messages(tx, Queue.ERASED, finalUntil, limit);
            int messages = erased + (erased < limit ? messages(tx, Queue.NONE, finalUntil, limit - erased) : 0);
            return new PurgeRound(messages, receipts(tx, Retention.receivedUntil(tx.now(), finalFor), limit));
        });
    }

    /** Whoever changes anything of a message holds the lock on its row, so that nothing can be added to it meanwhile. */
    private static int messages(Tx tx, int queue, Instant finalUntil, int limit) throws SQLException {
        List<MessageId> old = new FreeRows<>(
                        "m.id", "~message m", "m.id", row -> Values.messageId(row, 1), row -> Values.messageId(row, 1))
                .lock(tx, Queue.DUE, List.of(queue, finalUntil), Queue.DUE_ORDER, limit);
        for (String delete : BELONGINGS) {
            tx.updateIn(delete, List.of(), old);
        }
        return old.size();
    }

    /** Looks at the first ones without a lock, and at no more: the inbox may be at work on them. */
    private static int receipts(Tx tx, Instant receivedUntil, int limit) throws SQLException {
        List<Long> old = tx
                .select(
                        "SELECT seq, received_at FROM ~receipt ORDER BY seq LIMIT " + limit,
                        List.of(),
                        row -> new Arrival(row.getLong(1), Values.instant(row, 2)))
                .stream()
                .filter(arrival -> !arrival.receivedAt().isAfter(receivedUntil))
                .map(Arrival::seq)
                .toList();
        List<Long> free = tx.selectIn(
                "SELECT seq FROM ~receipt WHERE seq IN (?*) FOR UPDATE SKIP LOCKED",
                List.of(),
                old,
                row -> row.getLong(1));
        return tx.updateIn("DELETE FROM ~receipt WHERE seq IN (?*)", List.of(), free);
    }
}
