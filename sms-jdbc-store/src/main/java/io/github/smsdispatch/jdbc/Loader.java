package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.SubmitOutcome.Cost;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.Ending;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Part;
import io.github.smsdispatch.store.rules.ProviderId;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Standing;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows into records. Whoever changes anything of a message holds the lock on its row, so that all else of it
 * (attempts, parts, events) can be read without locks once that one is held.
 */
final class Loader {
    private static final String COLUMNS =
            """
            m.id, m.tenant, m.lane, m.due_at, m.expires_at, m.state, m.hold, m.next_at, m.fence, m.attempts,
              m.account_id, m.lookups, m.answered_lookups, m.segments, m.events, m.reason, m.code, m.detail, m.updated_at,
              m.queue""";

    private static final String MESSAGES = "SELECT " + COLUMNS + " FROM ~message m WHERE ";

    private static final String ATTEMPTS =
            """
            SELECT id, message_id, seq, account_id, started_at, result, reason, code, retry_after, cost, currency,
              ended_at, receipts_per_part
            FROM ~attempt {by PRIMARY} WHERE message_id IN (?*) ORDER BY message_id, seq""";

    // Read apart from the attempts: joined, a server with old statistics scans all parts for each attempt.
    private static final String PARTS =
            """
            SELECT attempt_id, provider_message_id, seq, state
            FROM ~attempt_part {by ~attempt_part_message} WHERE message_id IN (?*) ORDER BY message_id, attempt, seq""";

    private final Accounts accounts;

    Loader(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Locks messages for the transaction, always in the same order. */
    void lockMessages(Tx tx, Records records, Collection<MessageId> ids) throws SQLException {
        List<MessageId> ordered = ids.stream().distinct().sorted().toList();
        tx.selectIn(
                        "SELECT " + COLUMNS
                                + " FROM ~message m {by PRIMARY} WHERE m.id IN (?*) ORDER BY m.id FOR UPDATE",
                        List.of(),
                        ordered,
                        row -> read(tx, row))
                .forEach(records::add);
    }

    /** Locks the first messages of a queue that are due and that nobody else has locked. */
    List<MessageRecord> lockDue(Tx tx, Records records, int queue, int limit) throws SQLException {
        return lockFree(tx, records, Queue.DUE, List.of(queue, tx.now()), Queue.DUE_ORDER, limit);
    }

    /** Locks messages that nobody else has locked; see {@link FreeRows#lock}. */
    List<MessageRecord> lockFree(Tx tx, Records records, String condition, List<?> arguments, String order, int limit)
            throws SQLException {
        List<MessageRecord> found = new FreeRows<>(
                        COLUMNS, "~message m", "m.id", row -> Values.messageId(row, 1), row -> read(tx, row))
                .lock(tx, condition, arguments, order, limit);
        found.forEach(records::add);
        return found;
    }

    /** Reads messages of a queue without a lock. */
    List<MessageRecord> page(Tx tx, String condition, List<?> arguments, int limit) throws SQLException {
        return tx.select(
                MESSAGES + condition + " ORDER BY " + Queue.DUE_ORDER + ", m.id LIMIT " + limit,
                arguments,
                row -> read(tx, row));
    }

    /** Reads a message without a lock. */
    List<MessageRecord> find(Tx tx, MessageId id) throws SQLException {
        return tx.select(MESSAGES + "m.id = ?", List.of(id), row -> read(tx, row));
    }

    /** All hand-overs of those records that have any, with their parts. */
    void attemptsOf(Tx tx, Records records, Collection<MessageRecord> messages) throws SQLException {
        attemptsOfMessages(
                tx,
                records,
                messages.stream()
                        .filter(message -> message.standing().attempts() > 0)
                        .map(MessageRecord::id)
                        .toList());
    }

    /** Who holds provider ids, as message and hand-over. */
    Map<AttemptId, MessageId> holders(Tx tx, Records records, Collection<ProviderId> ids) throws SQLException {
        Map<AttemptId, MessageId> found = new HashMap<>();
        Map<ProviderAccount, List<String>> byAccount = ids.stream()
                .distinct()
                .collect(Collectors.groupingBy(
                        ProviderId::account, Collectors.mapping(ProviderId::value, Collectors.toList())));
        for (var entry : byAccount.entrySet()) {
            tx.selectIn(
                    """
                    SELECT provider_message_id, attempt_id, message_id FROM ~attempt_part {by PRIMARY}
                    WHERE account_id = ? AND provider_message_id IN (?*)""",
                    List.of(accounts.id(entry.getKey())),
                    entry.getValue(),
                    row -> {
                        AttemptId holder = Values.attemptId(row, 2);
                        records.addHolder(new ProviderId(entry.getKey(), row.getString(1)), holder);
                        return found.put(holder, Values.messageId(row, 3));
                    });
        }
        return found;
    }

    /** All hand-overs of messages, with their parts. */
    void attemptsOfMessages(Tx tx, Records records, Collection<MessageId> ids) throws SQLException {
        List<AttemptRecord> found = tx.selectIn(ATTEMPTS, List.of(), ids, row -> readAttempt(tx, row));
        found.forEach(records::add);
        List<MessageId> messages =
                found.stream().map(AttemptRecord::message).distinct().toList();
        tx.selectIn(PARTS, List.of(), messages, row -> {
            AttemptRecord attempt = records.attempt(Values.attemptId(row, 1));
            if (attempt != null) {
                var id = new ProviderId(attempt.account(), row.getString(2));
                records.add(attempt, Part.stored(id, row.getInt(3), Values.constant(Codes.RECEIPT, row, 4)));
            }
            return messages;
        });
    }

    private AttemptRecord readAttempt(Tx tx, ResultSet row) throws SQLException {
        var ending = new Ending(
                Values.constant(Codes.RESULT, row, 6),
                Values.constantOrNull(Codes.REASON, row, 7),
                row.getString(8),
                seconds(Values.intOrNull(row, 9)),
                cost(row.getBigDecimal(10), row.getString(11)),
                Values.instantOrNull(row, 12));
        return AttemptRecord.stored(
                Values.attemptId(row, 1),
                Values.messageId(row, 2),
                row.getInt(3),
                accounts.name(tx, row.getInt(4)),
                row.getBoolean(13),
                Values.instant(row, 5),
                ending);
    }

    private static @Nullable Duration seconds(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static @Nullable Cost cost(@Nullable BigDecimal amount, @Nullable String currency) {
        return amount == null || currency == null ? null : new Cost(amount, Currency.getInstance(currency));
    }

    private MessageRecord read(Tx tx, ResultSet row) throws SQLException {
        MessageState state = Values.constant(Codes.STATE, row, 6);
        boolean waits = state == MessageState.SCHEDULED || state == MessageState.QUEUED;
        Integer route = waits ? Queue.routeOf(row.getInt(20)) : null;
        var standing = new Standing(
                state,
                Values.constantOrNull(Codes.HOLD, row, 7),
                state.isFinal() ? null : Values.instantOrNull(row, 8),
                route == null ? null : accounts.name(tx, route),
                row.getLong(9),
                row.getInt(10),
                accounts.read(tx, row, 11),
                row.getInt(12),
                row.getInt(13),
                row.getInt(14),
                row.getInt(15),
                Values.constantOrNull(Codes.REASON, row, 16),
                row.getString(17),
                row.getString(18),
                Values.instant(row, 19));
        return MessageRecord.stored(
                Values.messageId(row, 1),
                row.getString(2),
                Values.constant(Codes.LANE, row, 3),
                Values.instant(row, 4),
                Values.instant(row, 5),
                standing);
    }
}
