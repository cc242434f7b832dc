package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome.Cost;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.Ending;
import io.github.smsdispatch.store.rules.KeptEvent;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Part;
import io.github.smsdispatch.store.rules.Round;
import io.github.smsdispatch.store.rules.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a round has changed. This is the only place that writes the state of a message. What changed in the same
 * way is written with one statement.
 */
final class Keeper {
    private static final BigDecimal COST_LIMIT = BigDecimal.TEN.pow(12);

    private final Accounts accounts;
    private final Bodies bodies;

    /** A part of a hand-over and whose it is. */
    private record OwnedPart(AttemptRecord attempt, Part part) {}

    /** What makes one update of hand-overs, which are found by message and number. */
    private record NumberedEnding(int number, Ending ending) {}

    /** What makes one update of parts. */
    private record PartUpdate(ReceiptState state, int account) {}

    Keeper(Accounts accounts, Bodies bodies) {
        this.accounts = accounts;
        this.bodies = bodies;
    }

    /** Writes a round on messages that were read under their lock. */
    void keep(Tx tx, Round round) throws SQLException {
        keep(tx, round, false);
    }

    /**
     * Writes a round on messages that were read without a lock, which the write takes.
     *
     * @throws Overtaken if one of them is no longer as it was read: then the transaction must be rolled back
     */
    void keepIfUnchanged(Tx tx, Round round) throws SQLException {
        keep(tx, round, true);
    }

    private void keep(Tx tx, Round round, boolean compares) throws SQLException {
        messages(tx, round, compares);
        attempts(tx, round);
        parts(tx, round);
        events(tx, round);
        bodies.suppressRecipients(tx, round.optedOut());
    }

    private void messages(Tx tx, Round round, boolean compares) throws SQLException {
        var fresh = new ArrayList<List<@Nullable Object>>();
        var updates = new LinkedHashMap<Update, List<MessageId>>();
        for (MessageRecord message : round.touched()) {
            Standing before = message.stored();
            if (before == null) {
                fresh.add(row(message));
            } else if (!before.equals(message.standing())) {
                Update update = update(message, before, round.now());
                if (compares) {
                    // Each change of a message adds to one of these at least.
                    update.where("fence", before.fence());
                    update.where("events", before.events());
                }
                updates.computeIfAbsent(update, key -> new ArrayList<>()).add(message.id());
            }
        }
        tx.insert(
                "~message",
                "id, state, queue, next_at, fence, lane, hold, account_id, due_at, expires_at, closes_at, updated_at,"
                        + " attempts, lookups, answered_lookups, segments, events, tenant, reason, code, detail",
                fresh);
        for (Map.Entry<Update, List<MessageId>> each : updates.entrySet()) {
            Update update = each.getKey();
            int updated = tx.updateIn(
                    "UPDATE ~message {by PRIMARY} SET " + update.assignments() + " WHERE " + update.conditions()
                            + " AND id IN (?*)",
                    update.arguments(),
                    each.getValue());
            if (updated != each.getValue().size() && compares) {
                throw new Overtaken();
            } else if (updated != each.getValue().size()) {
                throw new IllegalStateException("messages were changed in spite of their lock");
            }
        }
    }

    private List<@Nullable Object> row(MessageRecord message) {
        Standing now = message.standing();
        return Tx.row(
                message.id(),
                Codes.STATE.number(now.state()),
                Queue.of(message, now, accounts),
                Queue.timeOf(now),
                now.fence(),
                Codes.LANE.number(message.lane()),
                Codes.HOLD.numberOrNull(now.hold()),
                accounts.idOrNull(now.account()),
                message.dueAt(),
                message.expiresAt(),
                message.expiresAt(),
                now.updatedAt(),
                now.attempts(),
                now.lookups(),
                now.answeredLookups(),
                now.segments(),
                now.events(),
                message.tenant(),
                Codes.REASON.numberOrNull(now.reason()),
                now.code(),
                now.detail());
    }

    /** Only columns that change, counters relative: so messages that go the same way share one statement. */
    private Update update(MessageRecord message, Standing before, Instant at) {
        Standing now = message.standing();
        var update = new Update();
        update.set("state", Codes.STATE.number(before.state()), Codes.STATE.number(now.state()));
        update.set("queue", Queue.of(message, before, accounts), Queue.of(message, now, accounts));
        if (message.dueAt().equals(Queue.timeOf(now))) {
            // Messages that go back to the places which their due times give them go together.
            update.copy("next_at", Queue.timeOf(before), "due_at", message.dueAt());
        } else {
            update.set("next_at", Queue.timeOf(before), Queue.timeOf(now));
        }
        update.set("hold", Codes.HOLD.numberOrNull(before.hold()), Codes.HOLD.numberOrNull(now.hold()));
        update.set("account_id", accounts.idOrNull(before.account()), accounts.idOrNull(now.account()));
        update.set("lookups", before.lookups(), now.lookups());
        update.set("answered_lookups", before.answeredLookups(), now.answeredLookups());
        update.set("segments", before.segments(), now.segments());
        update.set("reason", Codes.REASON.numberOrNull(before.reason()), Codes.REASON.numberOrNull(now.reason()));
        update.set("code", before.code(), now.code());
        update.set("detail", before.detail(), now.detail());
        update.set("updated_at", before.updatedAt(), now.updatedAt());
        update.add("fence", now.fence() - before.fence());
        update.add("attempts", now.attempts() - before.attempts());
        update.add("events", now.events() - before.events());
        if (now.state().isFinal()) {
            update.set("closes_at", message.expiresAt(), null);
        } else if (now.state() != before.state() && !message.expiresAt().isAfter(at)) {
            // The grace that it may have got was for the state it was in.
            update.set("closes_at", null, message.expiresAt());
        }
        update.where("state", Codes.STATE.number(before.state()));
        return update;
    }

    private void attempts(Tx tx, Round round) throws SQLException {
        var fresh = new ArrayList<List<@Nullable Object>>();
        var ended = new LinkedHashMap<NumberedEnding, List<MessageId>>();
        for (AttemptRecord attempt : round.records().attempts()) {
            Ending ending = attempt.ending();
            if (attempt.stored() == null) {
                fresh.add(Tx.row(
                        attempt.message(),
                        attempt.number(),
                        attempt.id(),
                        accounts.id(attempt.account()),
                        attempt.receiptsPerPart(),
                        Codes.RESULT.number(ending.result()),
                        attempt.startedAt()));
            } else if (!ending.equals(attempt.stored())) {
                ended.computeIfAbsent(new NumberedEnding(attempt.number(), ending), key -> new ArrayList<>())
                        .add(attempt.message());
            }
        }
        tx.insert("~attempt", "message_id, seq, id, account_id, receipts_per_part, result, started_at", fresh);
        for (Map.Entry<NumberedEnding, List<MessageId>> each : ended.entrySet()) {
            Ending ending = each.getKey().ending();
            Cost cost = ending.cost();
            tx.updateIn(
                    "UPDATE ~attempt {by PRIMARY} SET result = ?, reason = ?, code = ?, retry_after = ?, cost = ?,"
                            + " currency = ?, ended_at = ? WHERE seq = ? AND message_id IN (?*)",
                    Tx.row(
                            Codes.RESULT.number(ending.result()),
                            Codes.REASON.numberOrNull(ending.reason()),
                            ending.code(),
                            seconds(ending.retryAfter()),
                            cost == null ? null : fitting(cost.amount()),
                            cost == null ? null : cost.currency().getCurrencyCode(),
                            ending.endedAt(),
                            each.getKey().number()),
                    each.getValue());
        }
    }

    private static @Nullable Integer seconds(@Nullable Duration pause) {
        return pause == null ? null : Math.toIntExact(pause.toSeconds());
    }

    /** As the column keeps it; null where a provider sent something absurd, which must not cost the whole answer. */
    private static @Nullable BigDecimal fitting(BigDecimal amount) {
        BigDecimal rounded = amount.setScale(8, RoundingMode.HALF_UP);
        return rounded.abs().compareTo(COST_LIMIT) < 0 ? rounded : null;
    }

    private void parts(Tx tx, Round round) throws SQLException {
        var fresh = new ArrayList<List<@Nullable Object>>();
        var updates = new LinkedHashMap<PartUpdate, List<String>>();
        round.records().attempts().stream()
                .flatMap(attempt -> attempt.parts().stream().map(part -> new OwnedPart(attempt, part)))
                .forEach(owned -> {
                    Part part = owned.part();
                    int account = accounts.id(part.id().account());
                    if (part.stored() == null) {
                        fresh.add(row(owned, account));
                    } else if (part.stored() != part.state()) {
                        updates.computeIfAbsent(new PartUpdate(part.state(), account), key -> new ArrayList<>())
                                .add(part.id().value());
                    }
                });
        tx.insert(
                "~attempt_part", "account_id, provider_message_id, message_id, attempt, attempt_id, seq, state", fresh);
        for (Map.Entry<PartUpdate, List<String>> each : updates.entrySet()) {
            tx.updateIn(
                    "UPDATE ~attempt_part {by PRIMARY} SET state = ? WHERE account_id = ? AND provider_message_id IN (?*)",
                    List.of(
                            Codes.RECEIPT.number(each.getKey().state()),
                            each.getKey().account()),
                    each.getValue());
        }
    }

    private static List<@Nullable Object> row(OwnedPart owned, int account) {
        return Tx.row(
                account,
                owned.part().id().value(),
                owned.attempt().message(),
                owned.attempt().number(),
                owned.attempt().id(),
                owned.part().number(),
                Codes.RECEIPT.number(owned.part().state()));
    }

    private void events(Tx tx, Round round) throws SQLException {
        var rows = new ArrayList<List<@Nullable Object>>();
        for (KeptEvent kept : round.events()) {
            rows.add(Tx.row(
                    kept.message().id(),
                    kept.number(),
                    kept.event().at(),
                    Codes.STATE.numberOrNull(kept.event().from()),
                    Codes.STATE.number(kept.event().to()),
                    Codes.SOURCE.number(kept.event().source()),
                    accounts.idOrNull(kept.event().account()),
                    Codes.REASON.numberOrNull(kept.event().reason()),
                    kept.event().code(),
                    kept.event().detail()));
        }
        tx.insert(
                "~event",
                "message_id, seq, happened_at, from_state, to_state, source, account_id, reason, code, detail",
                rows);
    }
}
