package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.store.rules.Endings;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Round;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends that no provider brings. */
final class Closings {
    /** How long a hand-over under way is left alone; once it has ended, its message is looked at again at once. */
    private static final Duration LATER = Duration.ofMinutes(1);

    /** What one look brought, at how many messages. */
    private record Look(List<StateChange> changes, int seen) {}

    private final Database database;
    private final Loader loader;
    private final Keeper keeper;

    Closings(Database database, Loader loader, Keeper keeper) {
        this.database = database;
        this.loader = loader;
        this.keeper = keeper;
    }

    List<StateChange> expire(Duration grace, int limit) {
        while (true) {
            Look look = database.run("to expire messages", tx -> expire(tx, grace, limit));
            // What only got its grace is no news, and there may be more behind it.
            if (look.seen() < limit || !look.changes().isEmpty()) {
                return look.changes();
            }
        }
    }

    private Look expire(Tx tx, Duration grace, int limit) throws SQLException {
        var round = new Round(new Records(), tx.now());
        List<MessageRecord> ripe =
                loader.lockFree(tx, round.records(), "m.closes_at <= ?", List.of(tx.now()), "m.closes_at", limit);
        loader.attemptsOf(tx, round.records(), ripe);
        var endings = new Endings(round);
        var inGrace = new ArrayList<MessageId>();
        var underWay = new ArrayList<MessageId>();
        for (MessageRecord message : ripe) {
            if (endings.isOver(message, grace)) {
                endings.expire(message);
            } else {
                endings.setAside(message);
                (message.state() == MessageState.SUBMITTING ? underWay : inGrace).add(message.id());
            }
        }
        keeper.keep(tx, round);
        tx.updateIn(
                "UPDATE ~message {by PRIMARY} SET closes_at = TIMESTAMPADD(MICROSECOND, ?, expires_at) WHERE id IN (?*)",
                List.of(TimeUnit.MICROSECONDS.convert(grace)),
                inGrace);
        tx.updateIn(
                "UPDATE ~message {by PRIMARY} SET closes_at = ? WHERE id IN (?*)",
                List.of(tx.now().plus(LATER)),
                underWay);
        return new Look(round.changes(), ripe.size());
    }

    List<StateChange> cancel(Collection<MessageId> messages) {
        return database.run("to cancel messages", tx -> {
            var records = new Records();
            loader.lockMessages(tx, records, messages);
            loader.attemptsOf(tx, records, records.messages());
            var round = new Round(records, tx.now());
            round.records().messages().forEach(new Endings(round)::cancel);
            keeper.keep(tx, round);
            return round.changes();
        });
    }
}
