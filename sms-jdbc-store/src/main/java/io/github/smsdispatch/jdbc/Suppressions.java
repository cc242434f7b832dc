package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.store.ConsentWord;
import io.github.smsdispatch.store.rules.Origin;
import java.sql.SQLException;
import java.util.List;

/** Who gets no texts, and the memory of what people said of it. */
final class Suppressions {
    private final Database database;

    Suppressions(Database database) {
        this.database = database;
    }

    void suppress(String tenant, PhoneNumber recipient) {
        database.run("to suppress a recipient", tx -> {
            if (isKnown(tx, tenant, recipient)) {
                return tx.update(
                        "UPDATE ~suppression SET origin = ? WHERE tenant = ? AND recipient = ?",
                        List.of(Codes.ORIGIN.number(Origin.OPERATOR), tenant, recipient.e164()));
            }
            insert(tx, tenant, recipient, Origin.OPERATOR);
            return 1;
        });
    }

    void unsuppress(String tenant, PhoneNumber recipient) {
        database.run(
                "to take a suppression back",
                tx -> tx.update(
                        "DELETE FROM ~suppression WHERE tenant = ? AND recipient = ?",
                        List.of(tenant, recipient.e164())));
    }

    boolean consent(ConsentWord word) {
        return !word.mayBeAnOldStart()
                && database.run("to obey a person", tx -> {
                    if (!isNew(tx, word)) {
                        return false;
                    }
                    // In one order, so that two nodes do not wait for each other.
                    for (String tenant : word.tenants().stream().sorted().toList()) {
                        obey(tx, tenant, word);
                    }
                    return true;
                });
    }

    /** Should another node hear the same at this moment, the key makes one of the two begin again. */
    private static boolean isNew(Tx tx, ConsentWord word) throws SQLException {
        String id = word.eventId();
        if (id == null) {
            return true;
        }
        byte[] hash = Hashes.ofEvent(word.account(), id);
        boolean isNew = tx.select("SELECT heard_at FROM ~consent WHERE hash = ?", List.of(hash), row -> true)
                .isEmpty();
        if (isNew) {
            tx.insert("~consent", "hash, heard_at", List.of(Tx.row(hash, tx.now())));
        }
        return isNew;
    }

    private static void obey(Tx tx, String tenant, ConsentWord word) throws SQLException {
        switch (word.consent()) {
            case WITHDRAWN -> {
                if (!isKnown(tx, tenant, word.recipient())) {
                    insert(tx, tenant, word.recipient(), Origin.RECIPIENT);
                }
            }
            case GIVEN ->
                tx.update(
                        "DELETE FROM ~suppression WHERE tenant = ? AND recipient = ? AND origin = ?",
                        List.of(tenant, word.recipient().e164(), Codes.ORIGIN.number(Origin.RECIPIENT)));
        }
    }

    /** Locks the row, so that nobody takes it away meanwhile. */
    private static boolean isKnown(Tx tx, String tenant, PhoneNumber recipient) throws SQLException {
        return !tx.select(
                        "SELECT since FROM ~suppression WHERE tenant = ? AND recipient = ? FOR UPDATE",
                        List.of(tenant, recipient.e164()),
                        row -> true)
                .isEmpty();
    }

    private static void insert(Tx tx, String tenant, PhoneNumber recipient, Origin origin) throws SQLException {
        tx.insert(
                "~suppression",
                "tenant, recipient, origin, since",
                List.of(Tx.row(tenant, recipient.e164(), Codes.ORIGIN.number(origin), tx.now())));
    }
}
