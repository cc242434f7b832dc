package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.ProviderAccount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The numbers that stand for provider accounts in the tables, remembered: they never change. Thread-safe. */
final class Accounts {
    private final Database database;
    private final Map<ProviderAccount, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, ProviderAccount> names = new ConcurrentHashMap<>();

    Accounts(Database database) {
        this.database = database;
    }

    /** Sees to it that each of them has a number, before a transaction needs it. */
    void register(Collection<ProviderAccount> accounts) {
        List<ProviderAccount> missing = accounts.stream()
                .distinct()
                .filter(account -> !ids.containsKey(account))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        database.run("to register provider accounts", tx -> {
            load(tx);
            tx.insert(
                    "~account",
                    "provider, account",
                    missing.stream()
                            .filter(account -> !ids.containsKey(account))
                            .map(account -> Tx.row(account.provider(), account.account()))
                            .toList());
            return ids.size();
        });
        database.run("to read provider accounts", tx -> {
            load(tx);
            return ids.size();
        });
    }

    int id(ProviderAccount account) {
        Integer id = ids.get(account);
        if (id == null) {
            throw new IllegalStateException("account " + account + " was not registered");
        }
        return id;
    }

    @Nullable
    Integer idOrNull(@Nullable ProviderAccount account) {
        return account == null ? null : Integer.valueOf(id(account));
    }

    /** The account in a column that may be null; one that another node has registered meanwhile is looked up. */
    @Nullable
    ProviderAccount read(Tx tx, ResultSet row, int column) throws SQLException {
        Integer id = Values.intOrNull(row, column);
        return id == null ? null : name(tx, id);
    }

    ProviderAccount name(Tx tx, int id) throws SQLException {
        if (!names.containsKey(id)) {
            load(tx);
        }
        ProviderAccount account = names.get(id);
        if (account == null) {
            throw new IllegalStateException("the account table has no row " + id);
        }
        return account;
    }

    private void load(Tx tx) throws SQLException {
        tx.select("SELECT id, provider, account FROM ~account", List.of(), row -> {
            var account = new ProviderAccount(row.getString(2), row.getString(3));
            names.put(row.getInt(1), account);
            ids.put(account, row.getInt(1));
            return account;
        });
    }
}
