package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.InboxRound;
import io.github.smsdispatch.store.rules.ProviderId;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Reports;
import io.github.smsdispatch.store.rules.Round;
import io.github.smsdispatch.store.rules.StoreTime;
import io.github.smsdispatch.store.rules.Why;
import java.nio.ByteBuffer;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Receipts that wait, and the memory of those that came before. One that belongs to no known hand-over is tried again
 * after as long as it has waited so far, from a second up to an hour: soon if it was early, seldom if nobody knows it,
 * and so that many of those do not hold up the others.
 */
final class Inbox {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);
    private static final int MAX_STATUS = 190;

    private static final String COLUMNS =
            "seq, account_id, provider_message_id, reference, state, status, error_code, reason, occurred_at, received_at";

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
            List<Waiting> waiting = new FreeRows<>(
                            COLUMNS, "~receipt", "seq", row -> row.getLong(1), row -> read(tx, row))
                    .lock(tx, "try_at <= ?", List.of(tx.now()), "try_at, seq", limit);
            lockOwners(tx, round.records(), receipts(waiting), Set.of());
            int taken = apply(tx, round, EventSource.RECEIPT, waiting);
            keeper.keep(tx, round);
            return new InboxRound(taken, round.changes());
        });
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
                        + " try_at",
                fresh.entrySet().stream()
                        .map(each -> row(now, each.getKey().array(), each.getValue()))
                        .toList());
        return fresh.size();
    }

    /** Locks those of the receipts that still wait. */
    List<Waiting> lockWaiting(Tx tx, Collection<Receipt> receipts) throws SQLException {
        Set<ByteBuffer> hashes = new HashSet<>();
        receipts.forEach(receipt -> hashes.add(ByteBuffer.wrap(Hashes.of(receipt))));
        return tx.selectIn(
                "SELECT " + COLUMNS
                        + " FROM ~receipt WHERE try_at IS NOT NULL AND hash IN (?*) ORDER BY seq FOR UPDATE",
                List.of(),
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

    /** Applies receipts; those that cannot be applied yet go on waiting. Returns how many were. */
    int apply(Tx tx, Round round, EventSource source, List<Waiting> waiting) throws SQLException {
        var reports = new Reports(round, source);
        var applied = new ArrayList<Long>();
        var postponed = new LinkedHashMap<Instant, List<Long>>();
        for (Waiting each : waiting) {
            if (reports.apply(each.receipt())) {
                applied.add(each.seq());
            } else {
                postponed
                        .computeIfAbsent(nextTry(each, tx.now()), key -> new ArrayList<>())
                        .add(each.seq());
            }
        }
        tx.updateIn("UPDATE ~receipt SET try_at = NULL WHERE seq IN (?*)", List.of(), applied);
        for (Map.Entry<Instant, List<Long>> each : postponed.entrySet()) {
            tx.updateIn("UPDATE ~receipt SET try_at = ? WHERE seq IN (?*)", List.of(each.getKey()), each.getValue());
        }
        return applied.size();
    }

    static List<Receipt> receipts(List<Waiting> waiting) {
        return waiting.stream().map(Waiting::receipt).toList();
    }

    static ProviderId providerId(Receipt receipt) {
        return new ProviderId(receipt.account(), receipt.providerMessageId());
    }

    private static Instant nextTry(Waiting waiting, Instant now) {
        Duration waited = Duration.between(waiting.receivedAt(), now);
        Duration pause = waited.compareTo(FIRST_RETRY) < 0 ? FIRST_RETRY : waited;
        return now.plus(pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause);
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
