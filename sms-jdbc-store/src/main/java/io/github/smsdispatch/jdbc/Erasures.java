package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Retention;
import io.github.smsdispatch.store.rules.Round;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes number and text out of messages that are final. */
final class Erasures {
    private final Database database;
    private final Loader loader;
    private final Keeper keeper;

    Erasures(Database database, Loader loader, Keeper keeper) {
        this.database = database;
        this.loader = loader;
        this.keeper = keeper;
    }

    Set<MessageId> erase(Collection<MessageId> messages) {
        return database.run("to erase messages", tx -> {
            var records = new Records();
            loader.lockMessages(tx, records, messages);
            List<MessageRecord> ended = records.messages().stream()
                    .filter(message -> message.state().isFinal())
                    .toList();
            erase(tx, new Round(records, tx.now()), ended, EventSource.CALLER);
            return ended.stream().map(MessageRecord::id).collect(Collectors.toSet());
        });
    }

    int erase(Duration finalFor, int limit) {
        return database.run("to erase old messages", tx -> {
            var round = new Round(new Records(), tx.now());
            List<MessageRecord> old = loader.lockFree(
                    tx,
                    round.records(),
                    Queue.DUE,
                    List.of(Queue.NONE, Retention.finalUntil(tx.now(), finalFor)),
                    Queue.DUE_ORDER,
                    limit);
            erase(tx, round, old, EventSource.EXPIRY);
            return old.size();
        });
    }

    private void erase(Tx tx, Round round, List<MessageRecord> ended, EventSource source) throws SQLException {
        List<MessageId> ids = ended.stream().map(MessageRecord::id).toList();
        Set<MessageId> legible = new HashSet<>(tx.selectIn(
                "SELECT id FROM ~message_body WHERE recipient IS NOT NULL AND id IN (?*)",
                List.of(),
                ids,
                row -> Values.messageId(row, 1)));
        var rules = new Retention(round);
        ended.stream()
                .filter(message -> legible.contains(message.id()))
                .forEach(message -> rules.erase(message, source));
        keeper.keep(tx, round);
        tx.updateIn(
                "UPDATE ~message_body SET recipient = NULL, sender = NULL, body = NULL, idempotency_key = NULL,"
                        + " attributes = 0 WHERE id IN (?*)",
                List.of(),
                legible);
        tx.updateIn("DELETE FROM ~message_attribute WHERE message_id IN (?*)", List.of(), legible);
        // All of them: what was taken out by hand must not come up again and again.
        tx.updateIn("UPDATE ~message SET queue = ? WHERE id IN (?*)", List.of(Queue.ERASED), ids);
    }
}
