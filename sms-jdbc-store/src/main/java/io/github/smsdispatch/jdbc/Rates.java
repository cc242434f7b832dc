package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.store.PermitRequest;
import io.github.smsdispatch.store.rules.Pace;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rates that nodes share: one row an account, locked for as long as a request moves it on. */
final class Rates {
    private final Database database;
    private final Accounts accounts;

    Rates(Database database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    Duration reserve(PermitRequest request) {
        accounts.register(List.of(request.account()));
        int account = accounts.id(request.account());
        return database.run("to keep to a rate", tx -> {
            Pace before = lock(tx, account);
            Instant now = tx.now();
            Pace.Reservation reservation = Pace.reserve(before, request, now);
            keep(tx, account, before, reservation.pace());
            return reservation.in();
        });
    }

    /** Null: nobody has asked so far. */
    private static @Nullable Pace lock(Tx tx, int account) throws SQLException {
        List<Pace> paces = tx.select(
                "SELECT asked_at, next_at, part, parts FROM ~rate WHERE account_id = ? FOR UPDATE",
                List.of(account),
                row -> new Pace(Values.instant(row, 1), Values.instant(row, 2), row.getInt(3), row.getInt(4)));
        return paces.isEmpty() ? null : paces.get(0);
    }

    /** Should two nodes be the first at this moment, the key makes one of the two begin again. */
    private static void keep(Tx tx, int account, @Nullable Pace before, Pace pace) throws SQLException {
        if (before == null) {
            tx.insert(
                    "~rate",
                    "account_id, asked_at, next_at, part, parts",
                    List.of(Tx.row(account, pace.askedAt(), pace.nextAt(), pace.part(), pace.parts())));
        } else {
            tx.update(
                    "UPDATE ~rate SET asked_at = ?, next_at = ?, part = ?, parts = ? WHERE account_id = ?",
                    List.of(pace.askedAt(), pace.nextAt(), pace.part(), pace.parts(), account));
        }
    }
}
