package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.Outlook;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.ReceiptStage;
import io.github.smsdispatch.store.rules.Records;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions that change nothing. */
final class Queries {
    /** The first entry of a queue, by its index: MIN would not be read from it everywhere. */
    private static final String FIRST_IN_QUEUE =
            "(SELECT m.next_at FROM ~message m WHERE m.queue = %s ORDER BY m.queue, m.next_at LIMIT 1)";

    private static final String FIRST_RECEIPT =
            "(SELECT r.try_at FROM ~receipt r WHERE r.stage = %s ORDER BY r.stage, r.try_at, r.seq LIMIT 1)";

    /** A row for each account, and one for none: what waits in each of its queues. The rest is the same in all rows. */
    private static final String OUTLOOK =
            """
            %s, %s, a.id, %s, %s, %s, %s,
              (SELECT m.closes_at FROM ~message m WHERE m.closes_at > TIMESTAMP '1970-01-01 00:00:00'
                ORDER BY m.closes_at LIMIT 1)
            FROM (SELECT 0 AS id UNION ALL SELECT id FROM ~account) a"""
                    .formatted(
                            FIRST_RECEIPT.formatted(Codes.RECEIPT_STAGE.number(ReceiptStage.NEW)),
                            FIRST_RECEIPT.formatted(Codes.RECEIPT_STAGE.number(ReceiptStage.RETRY)),
                            firstInQueue(Codes.LANE.number(Lane.REPLY)),
                            firstInQueue(Codes.LANE.number(Lane.NORMAL)),
                            firstInQueue(Codes.LANE.number(Lane.BULK)),
                            firstInQueue(Queue.OTHER));

    private final Database database;
    private final Accounts accounts;
    private final Loader loader;

    Queries(Database database, Accounts accounts, Loader loader) {
        this.database = database;
        this.accounts = accounts;
        this.loader = loader;
    }

    Optional<MessageStatus> find(MessageId message) {
        return database.read("to find a message", tx -> status(tx, List.of(message)));
    }

    Optional<MessageStatus> findByKey(String tenant, String key) {
        return database.read(
                "to find a message by its key",
                tx -> status(
                        tx,
                        tx.select(
                                "SELECT id FROM ~message_body WHERE key_hash = ?",
                                List.of(Hashes.ofKey(tenant, key)),
                                row -> Values.messageId(row, 1))));
    }

    Optional<MessageStatus> findByAttempt(AttemptId attempt) {
        return database.read(
                "to find a message by its attempt",
                tx -> status(
                        tx,
                        tx.select(
                                "SELECT message_id FROM ~attempt WHERE id = ?",
                                List.of(attempt),
                                row -> Values.messageId(row, 1))));
    }

    Map<AttemptId, MessageId> messagesOf(Collection<AttemptId> attempts) {
        return database.read("to find messages by their attempts", tx -> {
            var found = new HashMap<AttemptId, MessageId>();
            tx.selectIn(
                    "SELECT id, message_id FROM ~attempt {by ~attempt_id} WHERE id IN (?*)",
                    List.of(),
                    attempts,
                    row -> found.put(Values.attemptId(row, 1), Values.messageId(row, 2)));
            return found;
        });
    }

    List<MessageEvent> history(MessageId message) {
        return database.read(
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
        return database.read("to read attempts", tx -> {
            var records = new Records();
            loader.attemptsOfMessages(tx, records, List.of(message));
            return records.attemptsOf(message).stream().map(AttemptRecord::past).toList();
        });
    }

    List<StateCount> counts() {
        return database.read(
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

    /** One statement, of which each part reads the first entry of a range in an index. */
    Outlook outlook() {
        return database.read("to ask what is to be done", tx -> {
            var seen = new Seen();
            tx.select("SELECT " + tx.dialect().now() + ", " + OUTLOOK, List.of(), row -> seen.add(tx, row));
            return seen.outlook();
        });
    }

    private static String firstInQueue(int digit) {
        return FIRST_IN_QUEUE.formatted(Queue.ACCOUNT + " * a.id + " + digit);
    }

    /** What the rows of the outlook say together. */
    private final class Seen {
        private final Map<Line, Instant> lines = new HashMap<>();
        private final Map<ProviderAccount, Instant> lookups = new HashMap<>();
        private @Nullable Instant now;
        private @Nullable Instant recoveries;
        private @Nullable Instant receipts;
        private @Nullable Instant endings;

        boolean add(Tx tx, ResultSet row) throws SQLException {
            now = tx.timeIn(row, 1);
            receipts = earlier(Values.instantOrNull(row, 2), Values.instantOrNull(row, 3));
            int id = row.getInt(4);
            ProviderAccount account = id == 0 ? null : accounts.name(tx, id);
            for (Lane lane : Lane.values()) {
                Instant first = Values.instantOrNull(row, 4 + Codes.LANE.number(lane));
                if (first != null) {
                    lines.put(new Line(account, lane), first);
                }
            }
            Instant other = Values.instantOrNull(row, 8);
            if (account == null) {
                recoveries = other;
            } else if (other != null) {
                lookups.put(account, other);
            }
            endings = Values.instantOrNull(row, 9);
            return true;
        }

        Outlook outlook() {
            return new Outlook(Objects.requireNonNull(now), lines, recoveries, lookups, receipts, endings);
        }

        private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
            return a == null || (b != null && b.isBefore(a)) ? b : a;
        }
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
