package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Origin;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.StoreTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages as their callers gave them. */
final class Bodies {
    /**
     * A message, and whether its recipient has opted out.
     *
     * @param message the message
     * @param suppressed whether its recipient is suppressed for its tenant
     */
    record Body(Message message, boolean suppressed) {}

    private record Draft(MessageId id, Message.Builder builder, int attributes, boolean suppressed) {}

    private record Attribute(MessageId message, String name, String content) {}

    private final UnreadableBodies unreadable = new UnreadableBodies();

    void insert(Tx tx, Collection<Message> messages) throws SQLException {
        var bodies = new ArrayList<List<@Nullable Object>>();
        var attributes = new ArrayList<List<@Nullable Object>>();
        for (Message message : messages) {
            bodies.add(row(message));
            int seq = 0;
            for (var attribute : new TreeMap<>(message.attributes()).entrySet()) {
                attributes.add(Tx.row(message.id(), ++seq, attribute.getKey(), attribute.getValue()));
            }
        }
        tx.insert(
                "~message_body",
                "id, tenant, idempotency_key, key_hash, recipient, sender, body, send_at, campaign, doubt_policy,"
                        + " attributes",
                bodies);
        tx.insert("~message_attribute", "message_id, seq, name, content", attributes);
    }

    /** Reads the messages of records; those whose row was deleted or cannot be read are left out. */
    Map<MessageId, Body> load(Tx tx, Records records) throws SQLException {
        List<MessageId> ids = records.messages().stream().map(MessageRecord::id).toList();
        var drafts = new LinkedHashMap<MessageId, Draft>();
        tx
                .selectIn(
                        """
                        SELECT b.id, b.tenant, b.idempotency_key, b.recipient, b.sender, b.body, b.send_at, b.campaign,
                          b.doubt_policy, b.attributes, s.since
                        FROM ~message_body b {by PRIMARY}
                        LEFT JOIN ~suppression s ON s.tenant = b.tenant AND s.recipient = b.recipient
                        WHERE b.recipient IS NOT NULL AND b.id IN (?*)""",
                        List.of(),
                        ids,
                        row -> read(row, records))
                .stream()
                .flatMap(Optional::stream)
                .forEach(draft -> drafts.put(draft.id(), draft));
        addAttributes(tx, drafts);
        var bodies = new HashMap<MessageId, Body>();
        drafts.forEach((id, draft) -> {
            try {
                bodies.put(id, new Body(draft.builder().build(), draft.suppressed()));
            } catch (RuntimeException e) {
                unreadable.tell(id, e);
            }
        });
        return bodies;
    }

    /** Those of the records whose recipients have opted out. */
    Set<MessageId> suppressed(Tx tx, Records records) throws SQLException {
        return new HashSet<>(tx.selectIn(
                """
                SELECT b.id FROM ~message_body b {by PRIMARY}
                JOIN ~suppression s ON s.tenant = b.tenant AND s.recipient = b.recipient
                WHERE b.id IN (?*)""",
                List.of(),
                records.messages().stream().map(MessageRecord::id).toList(),
                row -> Values.messageId(row, 1)));
    }

    /** Suppresses the recipients of messages for their tenants, as if they had said so; unless they were erased. */
    void suppressRecipients(Tx tx, Collection<MessageId> messages) throws SQLException {
        var recipients = tx.selectIn(
                """
                SELECT DISTINCT b.tenant, b.recipient FROM ~message_body b
                LEFT JOIN ~suppression s ON s.tenant = b.tenant AND s.recipient = b.recipient
                WHERE s.tenant IS NULL AND b.recipient IS NOT NULL AND b.id IN (?*)""",
                List.of(),
                messages,
                row -> Tx.row(row.getString(1), row.getString(2), Codes.ORIGIN.number(Origin.RECIPIENT), tx.now()));
        tx.insert(
                "~suppression",
                "tenant, recipient, origin, since",
                recipients.stream().distinct().toList());
    }

    private static List<@Nullable Object> row(Message message) {
        String key = message.idempotencyKey();
        Sender sender = message.sender();
        Instant dueAt = message.dueAt();
        return Tx.row(
                message.id(),
                message.tenant(),
                key,
                key == null ? null : Hashes.ofKey(message.tenant(), key),
                message.recipient().e164(),
                sender == null ? null : sender.value(),
                message.text(),
                dueAt == null ? null : StoreTime.of(dueAt),
                message.campaign(),
                Codes.DOUBT_POLICY.number(message.doubtPolicy()),
                message.attributes().size());
    }

    /** Empty: one row that makes no message must not keep the others from being sent. */
    private Optional<Draft> read(ResultSet row, Records records) throws SQLException {
        MessageId id = Values.messageId(row, 1);
        MessageRecord record = Objects.requireNonNull(records.message(id));
        try {
            return Optional.of(read(row, record));
        } catch (RuntimeException e) {
            unreadable.tell(id, e);
            return Optional.empty();
        }
    }

    private static Draft read(ResultSet row, MessageRecord record) throws SQLException {
        Message.Builder builder = Message.to(PhoneNumber.parse(row.getString(4)))
                .id(record.id())
                .tenant(row.getString(2))
                .text(row.getString(6))
                .lane(record.lane())
                .validity(Duration.between(record.dueAt(), record.expiresAt()))
                .doubtPolicy(Values.constant(Codes.DOUBT_POLICY, row, 9));
        String key = row.getString(3);
        if (key != null) {
            builder.idempotencyKey(key);
        }
        String sender = row.getString(5);
        if (sender != null) {
            builder.sender(Sender.of(sender));
        }
        Instant dueAt = Values.instantOrNull(row, 7);
        if (dueAt != null) {
            builder.dueAt(dueAt);
        }
        String campaign = row.getString(8);
        if (campaign != null) {
            builder.campaign(campaign);
        }
        return new Draft(record.id(), builder, row.getInt(10), Values.instantOrNull(row, 11) != null);
    }

    private static void addAttributes(Tx tx, Map<MessageId, Draft> drafts) throws SQLException {
        List<MessageId> with = drafts.values().stream()
                .filter(draft -> draft.attributes() > 0)
                .map(Draft::id)
                .toList();
        List<Attribute> attributes = tx.selectIn(
                "SELECT message_id, name, content FROM ~message_attribute WHERE message_id IN (?*)",
                List.of(),
                with,
                row -> new Attribute(Values.messageId(row, 1), row.getString(2), row.getString(3)));
        for (Attribute attribute : attributes) {
            Objects.requireNonNull(drafts.get(attribute.message()))
                    .builder()
                    .attribute(attribute.name(), attribute.content());
        }
    }
}
