package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.InboxRound;
import io.github.smsdispatch.store.rules.ProviderId;
import io.github.smsdispatch.store.rules.ReceiptStage;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Reports;
import io.github.smsdispatch.store.rules.Retries;
import io.github.smsdispatch.store.rules.Round;
import io.github.smsdispatch.store.rules.StoreTime;
import io.github.smsdispatch.store.rules.Why;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Receipts that wait, and the memory of those that came before. Those that nobody has looked at come first, so that many
 * that belong to no known hand-over do not hold them up; {@link Retries} says when these are tried again.
 */
final class Inbox {
    private static final int MAX_STATUS = 190;

    private static final String COLUMNS =
            "seq, account_id, provider_message_id, reference, state, status, error_code, reason, occurred_at, received_at";

    static final String DUE = "stage = ? AND try_at <= ?";

    static final String DUE_ORDER = "stage, try_at, seq";

    private final Database database;
    private final Accounts accounts;
    private final Loader loader;
    private final Keeper keeper;

    /** A receipt in the inbox. */
    record Waiting(long seq, Receipt receipt, Instant receivedAt) {}

    Inbox(Database database, Accounts accounts, Loader loader, Keeper keeper) {
        this.database = database;
        this.accounts = accounts;
        this.loader = loader;
        this.keeper = keeper;
    }

    int receive(List<Receipt> receipts) {
        accounts.register(receipts.stream().map(Receipt::account).toList());
        return receipts.isEmpty() ? 0 : database.run("to receive receipts", tx -> insert(tx, receipts));
    }

    InboxRound apply(int limit) {
        return database.run("to apply receipts", tx -> {
            var round = new Round(new Records(), tx.now());
            var waiting = new ArrayList<Waiting>(lockDue(tx, ReceiptStage.NEW, limit));
            if (waiting.size() < limit) {
                waiting.addAll(lockDue(tx, ReceiptStage.RETRY, limit - waiting.size()));
            }
            waiting.sort(Comparator.comparing(Waiting::seq));
            lockOwners(tx, round.records(), receipts(waiting), Set.of());
            apply(tx, round, EventSource.RECEIPT, waiting);
            keeper.keep(tx, round);
            return new InboxRound(waiting.size(), round.changes());
        });
    }

    private List<Waiting> lockDue(Tx tx, ReceiptStage stage, int limit) throws SQLException {
        return new FreeRows<>(COLUMNS, "~receipt", "seq", row -> row.getLong(1), row -> read(tx, row))
                .lock(tx, DUE, List.of(Codes.RECEIPT_STAGE.number(stage), tx.now()), DUE_ORDER, limit);
    }

    /** Puts receipts into the inbox that are not there yet; returns how many. */
    int insert(Tx tx, Collection<Receipt> receipts) throws SQLException {
        var fresh = new LinkedHashMap<ByteBuffer, Receipt>();
        receipts.forEach(receipt -> fresh.putIfAbsent(ByteBuffer.wrap(Hashes.of(receipt)), receipt));
        tx.selectIn(
                        "SELECT hash FROM ~receipt WHERE hash IN (?*)",
                        List.of(),
                        hashes(fresh.keySet()),
                        row -> ByteBuffer.wrap(row.getBytes(1)))
                .forEach(fresh::remove);
        Instant now = tx.now();
        tx.insert(
                "~receipt",
                "hash, account_id, provider_message_id, reference, state, status, error_code, reason, occurred_at, received_at,"
                        + " stage, try_at",
                fresh.entrySet().stream()
                        .map(each -> row(now, each.getKey().array(), each.getValue()))
                        .toList());
        return fresh.size();
    }

    /** Locks those of the receipts that still wait, or waited until they were given up. */
    List<Waiting> lockWaiting(Tx tx, Collection<Receipt> receipts) throws SQLException {
        Set<ByteBuffer> hashes = new HashSet<>();
        receipts.forEach(receipt -> hashes.add(ByteBuffer.wrap(Hashes.of(receipt))));
        return tx.selectIn(
                "SELECT " + COLUMNS + " FROM ~receipt WHERE stage <> ? AND hash IN (?*) ORDER BY seq FOR UPDATE",
                List.of(Codes.RECEIPT_STAGE.number(ReceiptStage.APPLIED)),
                hashes(hashes),
                row -> read(tx, row));
    }

    /** Locks the messages that receipts belong to, and others, and reads their hand-overs. */
    void lockOwners(Tx tx, Records records, Collection<Receipt> receipts, Collection<MessageId> others)
            throws SQLException {
        Map<AttemptId, MessageId> owners = new HashMap<>(loader.holders(
                tx, new Records(), receipts.stream().map(Inbox::providerId).toList()));
        tx.selectIn(
                "SELECT id, message_id FROM ~attempt WHERE id IN (?*)",
                List.of(),
                receipts.stream()
                        .map(Receipt::reference)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                row -> owners.put(Values.attemptId(row, 1), Values.messageId(row, 2)));
        var messages = new HashSet<>(owners.values());
        messages.addAll(others);
        loader.lockMessages(tx, records, messages);
        loader.attemptsOfMessages(tx, records, messages);
    }

    /** Applies receipts; those that cannot be applied yet go on waiting. */
    void apply(Tx tx, Round round, EventSource source, List<Waiting> waiting) throws SQLException {
        var reports = new Reports(round, source);
        var applied = new ArrayList<Long>();
        var strangers = new ArrayList<Long>();
        var postponed = new LinkedHashMap<Instant, List<Long>>();
        for (Waiting each : waiting) {
            if (reports.apply(each.receipt())) {
                applied.add(each.seq());
                continue;
            }
            Instant next = Retries.after(each.receivedAt(), tx.now());
            if (next == null) {
                strangers.add(each.seq());
            } else {
                postponed.computeIfAbsent(next, key -> new ArrayList<>()).add(each.seq());
            }
        }
        move(tx, applied, ReceiptStage.APPLIED, null);
        move(tx, strangers, ReceiptStage.GIVEN_UP, null);
        for (Map.Entry<Instant, List<Long>> each : postponed.entrySet()) {
            move(tx, each.getValue(), ReceiptStage.RETRY, each.getKey());
        }
    }

    private static void move(Tx tx, List<Long> receipts, ReceiptStage stage, @Nullable Instant tryAt)
            throws SQLException {
        tx.updateIn(
                "UPDATE ~receipt SET stage = ?, try_at = ? WHERE seq IN (?*)",
                Tx.row(Codes.RECEIPT_STAGE.number(stage), tryAt),
                receipts);
    }

    static List<Receipt> receipts(List<Waiting> waiting) {
        return waiting.stream().map(Waiting::receipt).toList();
    }

    static ProviderId providerId(Receipt receipt) {
        return new ProviderId(receipt.account(), receipt.providerMessageId());
    }

    private List<@Nullable Object> row(Instant now, byte[] hash, Receipt receipt) {
        Instant occurredAt = receipt.occurredAt();
        return Tx.row(
                hash,
                accounts.id(receipt.account()),
                providerId(receipt).value(),
                receipt.reference(),
                Codes.RECEIPT.number(receipt.state()),
                Why.cut(receipt.status(), MAX_STATUS),
                Why.cut(receipt.errorCode(), Why.MAX_CODE),
                Codes.REASON.numberOrNull(receipt.reason()),
                occurredAt != null && StoreTime.canKeep(occurredAt) ? StoreTime.of(occurredAt) : null,
                now,
                Codes.RECEIPT_STAGE.number(ReceiptStage.NEW),
                now);
    }

    private Waiting read(Tx tx, ResultSet row) throws SQLException {
        var receipt = new Receipt(
                accounts.name(tx, row.getInt(2)),
                row.getString(3),
                Values.attemptIdOrNull(row, 4),
                Values.constant(Codes.RECEIPT, row, 5),
                row.getString(6),
                row.getString(7),
                Values.constantOrNull(Codes.REASON, row, 8),
                Values.instantOrNull(row, 9));
        return new Waiting(row.getLong(1), receipt, Values.instant(row, 10));
    }

    private static List<byte[]> hashes(Collection<ByteBuffer> wrapped) {
        return wrapped.stream().map(ByteBuffer::array).toList();
    }
}
