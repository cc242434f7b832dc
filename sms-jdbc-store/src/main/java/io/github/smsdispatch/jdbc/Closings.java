package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.store.rules.Endings;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Round;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Ends that no provider brings. */
final class Closings {
    private final Database database;
    private final Loader loader;
    private final Keeper keeper;

    Closings(Database database, Loader loader, Keeper keeper) {
        this.database = database;
        this.loader = loader;
        this.keeper = keeper;
    }

    List<StateChange> expire(Duration grace, int limit) {
        return database.run("to expire messages", tx -> {
            var round = new Round(new Records(), tx.now());
            int left = limit;
            for (MessageState state : MessageState.values()) {
                if (left > 0 && Endings.afterValidity(state) != null) {
                    List<MessageRecord> over = loader.lockFree(
                            tx,
                            round.records(),
                            "m.state = ? AND m.expires_at <= ?",
                            List.of(Codes.STATE.number(state), Endings.expiredUntil(state, tx.now(), grace)),
                            "m.state, m.expires_at",
                            left);
                    over.forEach(new Endings(round)::expire);
                    left -= over.size();
                }
            }
            keeper.keep(tx, round);
            return round.changes();
        });
    }

    List<StateChange> cancel(Collection<MessageId> messages) {
        return database.run("to cancel messages", tx -> {
            var records = new Records();
            loader.lockMessages(tx, records, messages);
            var round = new Round(records, tx.now());
            round.records().messages().forEach(new Endings(round)::cancel);
            keeper.keep(tx, round);
            return round.changes();
        });
    }
}
