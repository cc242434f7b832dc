package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.InboxRound;
import io.github.smsdispatch.store.LateRetries;
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

    /** How many webhooks are put into the inbox in one transaction. */
    private static final int MOST_CALLS = 100;

    private static final String COLUMNS =
            "seq, account_id, provider_message_id, reference, state, status, error_code, reason, occurred_at, received_at";

    static final String DUE = "stage = ? AND try_at <= ?";

    static final String DUE_ORDER = "stage, try_at, seq";

    private final Database database;
    private final Accounts accounts;
    private final Loader loader;
    private final Keeper keeper;

    /** Most webhooks hold one receipt, and a transaction for each would cost far more than the receipt. */
    private final Together<List<Receipt>, Integer> incoming;

    /**
     * A receipt that is to be applied.
     *
     * @param seq its number in the inbox; null: it is not there yet
     * @param receipt the receipt
     * @param receivedAt when it came
     */
    record Waiting(@Nullable Long seq, Receipt receipt, Instant receivedAt) {}

    /** Where a receipt is kept once it was tried to apply it. */
    private record Place(ReceiptStage stage, @Nullable Instant tryAt) {}

    Inbox(Database database, Accounts accounts, Loader loader, Keeper keeper) {
        this.database = database;
        this.accounts = accounts;
        this.loader = loader;
        this.keeper = keeper;
        this.incoming =
                new Together<>(MOST_CALLS, calls -> database.run("to receive receipts", tx -> insertAll(tx, calls)));
    }

    int receive(List<Receipt> receipts) {
        accounts.register(receipts.stream().map(Receipt::account).toList());
        return receipts.isEmpty() ? 0 : incoming.call(receipts);
    }

    InboxRound apply(int limit, LateRetries retries) {
        return database.run("to apply receipts", tx -> {
            var round = new Round(new Records(), tx.now());
            var waiting = new ArrayList<Waiting>(lockDue(tx, ReceiptStage.NEW, limit));
            if (waiting.size() < limit) {
                waiting.addAll(lockDue(tx, ReceiptStage.RETRY, limit - waiting.size()));
            }
            waiting.sort(Comparator.comparing(Waiting::seq, Comparator.nullsLast(Comparator.naturalOrder())));
            lockOwners(tx, round.records(), receipts(waiting), Set.of());
            apply(tx, round, new Reports(round, EventSource.RECEIPT, retries), waiting);
            keeper.keep(tx, round);
            return new InboxRound(waiting.size(), round.changes(), round.disproved());
        });
    }

    private List<Waiting> lockDue(Tx tx, ReceiptStage stage, int limit) throws SQLException {
        return new FreeRows<>(COLUMNS, "~receipt", "seq", row -> row.getLong(1), row -> read(tx, row))
                .lock(tx, DUE, List.of(Codes.RECEIPT_STAGE.number(stage), tx.now()), DUE_ORDER, limit);
    }

    /** Puts receipts into the inbox that are not there yet; returns for each call how many it was the first to bring. */
    private List<Integer> insertAll(Tx tx, List<List<Receipt>> calls) throws SQLException {
        var fresh = new LinkedHashMap<ByteBuffer, Receipt>();
        var brought = new ArrayList<Set<ByteBuffer>>();
        for (List<Receipt> call : calls) {
            Map<ByteBuffer, Receipt> own = byHash(call);
            own.keySet().removeAll(fresh.keySet());
            fresh.putAll(own);
            brought.add(own.keySet());
        }
        known(tx, fresh.keySet()).forEach(fresh::remove);
        var place = new Place(ReceiptStage.NEW, tx.now());
        var rows = new ArrayList<List<@Nullable Object>>();
        for (Receipt receipt : fresh.values()) {
            rows.add(row(receipt, tx, place));
        }
        insert(tx, rows);
        return brought.stream()
                .map(own -> (int) own.stream().filter(fresh::containsKey).count())
                .toList();
    }

    private static void insert(Tx tx, List<List<@Nullable Object>> rows) throws SQLException {
        tx.insert(
                "~receipt",
                "hash, account_id, provider_message_id, reference, state, status, error_code, reason, occurred_at, received_at,"
                        + " stage, try_at",
                rows);
    }

    /**
     * Those of the receipts that have not been applied yet: what the inbox does not know, and, locked, what waits in it, or
     * waited until it was given up.
     */
    List<Waiting> unapplied(Tx tx, Collection<Receipt> receipts) throws SQLException {
        Map<ByteBuffer, Receipt> fresh = byHash(receipts);
        List<ByteBuffer> known = known(tx, fresh.keySet());
        known.forEach(fresh::remove);
        var unapplied = new ArrayList<Waiting>(tx.selectIn(
                "SELECT " + COLUMNS
                        + " FROM ~receipt {by ~receipt_hash} WHERE stage <> ? AND hash IN (?*) ORDER BY seq FOR UPDATE",
                List.of(Codes.RECEIPT_STAGE.number(ReceiptStage.APPLIED)),
                arrays(known),
                row -> read(tx, row)));
        for (Receipt receipt : fresh.values()) {
            unapplied.add(new Waiting(null, receipt, tx.now()));
        }
        return unapplied;
    }

    private static List<ByteBuffer> known(Tx tx, Collection<ByteBuffer> hashes) throws SQLException {
        return tx.selectIn(
                "SELECT hash FROM ~receipt {by ~receipt_hash} WHERE hash IN (?*)",
                List.of(),
                arrays(hashes),
                row -> ByteBuffer.wrap(row.getBytes(1)));
    }

    private static Map<ByteBuffer, Receipt> byHash(Collection<Receipt> receipts) {
        var byHash = new LinkedHashMap<ByteBuffer, Receipt>();
        receipts.forEach(receipt -> byHash.putIfAbsent(ByteBuffer.wrap(Hashes.of(receipt)), receipt));
        return byHash;
    }

    /** Locks the messages that receipts belong to, and others, and reads their hand-overs. */
    void lockOwners(Tx tx, Records records, Collection<Receipt> receipts, Collection<MessageId> others)
            throws SQLException {
        Map<AttemptId, MessageId> owners = new HashMap<>(loader.holders(
                tx, new Records(), receipts.stream().map(Inbox::providerId).toList()));
        tx.selectIn(
                "SELECT id, message_id FROM ~attempt {by ~attempt_id} WHERE id IN (?*)",
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
    void apply(Tx tx, Round round, Reports reports, List<Waiting> waiting) throws SQLException {
        var moved = new LinkedHashMap<Place, List<Long>>();
        var fresh = new ArrayList<List<@Nullable Object>>();
        for (Waiting each : waiting) {
            Place place = reports.apply(each.receipt())
                    ? new Place(ReceiptStage.APPLIED, null)
                    : again(Retries.after(each.receivedAt(), tx.now()));
            Long seq = each.seq();
            if (seq == null) {
                fresh.add(row(each.receipt(), tx, place));
            } else {
                moved.computeIfAbsent(place, key -> new ArrayList<>()).add(seq);
            }
        }
        for (Map.Entry<Place, List<Long>> each : moved.entrySet()) {
            Place place = each.getKey();
            tx.updateIn(
                    "UPDATE ~receipt {by PRIMARY} SET stage = ?, try_at = ? WHERE seq IN (?*)",
                    Tx.row(Codes.RECEIPT_STAGE.number(place.stage()), place.tryAt()),
                    each.getValue());
        }
        insert(tx, fresh);
    }

    private static Place again(@Nullable Instant at) {
        return new Place(at == null ? ReceiptStage.GIVEN_UP : ReceiptStage.RETRY, at);
    }

    static List<Receipt> receipts(List<Waiting> waiting) {
        return waiting.stream().map(Waiting::receipt).toList();
    }

    static ProviderId providerId(Receipt receipt) {
        return new ProviderId(receipt.account(), receipt.providerMessageId());
    }

    private List<@Nullable Object> row(Receipt receipt, Tx tx, Place place) throws SQLException {
        Instant occurredAt = receipt.occurredAt();
        return Tx.row(
                Hashes.of(receipt),
                accounts.id(receipt.account()),
                providerId(receipt).value(),
                receipt.reference(),
                Codes.RECEIPT.number(receipt.state()),
                Why.cut(receipt.status(), MAX_STATUS),
                Why.cut(receipt.errorCode(), Why.MAX_CODE),
                Codes.REASON.numberOrNull(receipt.reason()),
                occurredAt != null && StoreTime.canKeep(occurredAt) ? StoreTime.of(occurredAt) : null,
                tx.now(),
                Codes.RECEIPT_STAGE.number(place.stage()),
                place.tryAt());
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

    private static List<byte[]> arrays(Collection<ByteBuffer> wrapped) {
        return wrapped.stream().map(ByteBuffer::array).toList();
    }
}
