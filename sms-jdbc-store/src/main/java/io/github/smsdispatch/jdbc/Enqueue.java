package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Round;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Takes messages, each once. */
final class Enqueue {
    private final Database database;
    private final Accounts accounts;
    private final Keeper keeper;
    private final Bodies bodies;

    /** Whether to look before who is there already: where some were the last time, as most streams are all new. */
    private volatile boolean looksFirst;

    Enqueue(Database database, Accounts accounts, Keeper keeper, Bodies bodies) {
        this.database = database;
        this.accounts = accounts;
        this.keeper = keeper;
        this.bodies = bodies;
    }

    List<EnqueueResult> enqueue(List<Message> messages, Map<MessageId, ProviderAccount> routes) {
        accounts.register(routes.values());
        if (messages.isEmpty()) {
            return List.of();
        }
        var tries = new AtomicInteger();
        List<EnqueueResult> results = database.run(
                "to enqueue messages",
                // Should one be there already, be it by another node this moment, the insert fails, and the whole runs
                // again.
                tx -> enqueue(tx, messages, routes, tries.getAndIncrement() > 0 || looksFirst));
        looksFirst = !results.stream().allMatch(EnqueueResult::added);
        return results;
    }

    private List<EnqueueResult> enqueue(
            Tx tx, List<Message> messages, Map<MessageId, ProviderAccount> routes, boolean looks) throws SQLException {
        Set<MessageId> ids = looks ? knownIds(tx, messages) : new HashSet<>();
        Map<ByteBuffer, MessageId> keys = looks ? knownKeys(tx, messages) : new HashMap<>();
        var round = new Round(new Records(), tx.now());
        var fresh = new ArrayList<Message>();
        var results = new ArrayList<EnqueueResult>(messages.size());
        for (Message message : messages) {
            ByteBuffer key = keyOf(message);
            MessageId earlier = ids.contains(message.id()) ? message.id() : key == null ? null : keys.get(key);
            if (earlier == null) {
                round.admit(message, routes.get(message.id()));
                fresh.add(message);
                ids.add(message.id());
                if (key != null) {
                    keys.put(key, message.id());
                }
            }
            results.add(new EnqueueResult(earlier == null ? message.id() : earlier, earlier == null));
        }
        keeper.keep(tx, round);
        bodies.insert(tx, fresh);
        return results;
    }

    private static Set<MessageId> knownIds(Tx tx, List<Message> messages) throws SQLException {
        return new HashSet<>(tx.selectIn(
                "SELECT id FROM ~message WHERE id IN (?*)",
                List.of(),
                messages.stream().map(Message::id).toList(),
                row -> Values.messageId(row, 1)));
    }

    private static Map<ByteBuffer, MessageId> knownKeys(Tx tx, List<Message> messages) throws SQLException {
        var keys = new HashMap<ByteBuffer, MessageId>();
        tx.selectIn(
                "SELECT key_hash, id FROM ~message_body WHERE key_hash IN (?*)",
                List.of(),
                messages.stream()
                        .map(Enqueue::keyOf)
                        .filter(Objects::nonNull)
                        .map(ByteBuffer::array)
                        .toList(),
                row -> keys.put(ByteBuffer.wrap(row.getBytes(1)), Values.messageId(row, 2)));
        return keys;
    }

    private static @Nullable ByteBuffer keyOf(Message message) {
        String key = message.idempotencyKey();
        return key == null ? null : ByteBuffer.wrap(Hashes.ofKey(message.tenant(), key));
    }
}
