package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What operators and recipients want. */
final class Controls {
    private final Database database;
    private final Accounts accounts;

    Controls(Database database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    void suppress(String tenant, PhoneNumber recipient) {
        database.run("to suppress a recipient", tx -> {
            boolean known = !tx.select(
                            "SELECT since FROM ~suppression WHERE tenant = ? AND recipient = ?",
                            List.of(tenant, recipient.e164()),
                            row -> true)
                    .isEmpty();
            if (!known) {
                tx.insert(
                        "~suppression",
                        "tenant, recipient, since",
                        List.of(Tx.row(tenant, recipient.e164(), tx.now())));
            }
            return known;
        });
    }

    void unsuppress(String tenant, PhoneNumber recipient) {
        database.run(
                "to take a suppression back",
                tx -> tx.update(
                        "DELETE FROM ~suppression WHERE tenant = ? AND recipient = ?",
                        List.of(tenant, recipient.e164())));
    }

    Map<ProviderAccount, RunState> runStates() {
        return database.run("to read run states", tx -> {
            var states = new HashMap<ProviderAccount, RunState>();
            tx.select(
                    "SELECT provider, account, run_state FROM ~account WHERE run_state IS NOT NULL",
                    List.of(),
                    row -> states.put(
                            new ProviderAccount(row.getString(1), row.getString(2)),
                            Values.constant(Codes.RUN_STATE, row, 3)));
            return states;
        });
    }

    void setRunState(ProviderAccount account, RunState state) {
        accounts.register(List.of(account));
        database.run(
                "to set a run state",
                tx -> tx.update(
                        "UPDATE ~account SET run_state = ? WHERE id = ?",
                        List.of(Codes.RUN_STATE.number(state), accounts.id(account))));
    }
}
