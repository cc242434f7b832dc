package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What operators want of accounts. */
final class Controls {
    private final Database database;
    private final Accounts accounts;

    Controls(Database database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    Map<ProviderAccount, RunState> runStates() {
        return database.read("to read run states", tx -> {
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
