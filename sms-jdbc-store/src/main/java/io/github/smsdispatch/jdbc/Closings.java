package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.store.rules.Endings;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Round;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Ends that no provider brings. */
final class Closings {
    /** Over with or without a hand-over that may have been taken; counted, as MariaDB might turn NOT EXISTS into a scan. */
    private static final String OVER =
            """
            m.state = ? AND m.expires_at <= ? AND (m.expires_at <= ? OR m.attempts = 0
              OR (SELECT COUNT(*) FROM ~attempt a WHERE a.message_id = m.id AND a.result IN (?, ?)) = 0)""";

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
                if (left > 0 && Endings.afterValidity(state, false) != null) {
                    left -= expire(tx, round, state, grace, left);
                }
            }
            keeper.keep(tx, round);
            return round.changes();
        });
    }

    private int expire(Tx tx, Round round, MessageState state, Duration grace, int limit) throws SQLException {
        List<MessageRecord> over = loader.lockFree(
                tx,
                round.records(),
                OVER,
                List.of(
                        Codes.STATE.number(state),
                        Endings.expiredUntil(Endings.afterValidity(state, false), tx.now(), grace),
                        Endings.expiredUntil(Endings.afterValidity(state, true), tx.now(), grace),
                        Codes.RESULT.number(Result.ACCEPTED),
                        Codes.RESULT.number(Result.UNKNOWN)),
                "m.state, m.expires_at",
                limit);
        loader.attemptsOf(tx, round.records(), over);
        over.forEach(new Endings(round)::expire);
        return over.size();
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
