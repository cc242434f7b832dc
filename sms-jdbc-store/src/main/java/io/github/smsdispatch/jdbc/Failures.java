package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What an {@link SQLException} means, and how much of it may be shown. */
final class Failures {
    /**
     * MariaDB and MySQL: 1205 lock wait timeout, 1213 deadlock, 1020 record changed since last read, 1062 duplicate
     * entry. H2: 50200 lock timeout, 90131 concurrent update, 23505 duplicate key. A duplicate means that another node
     * was faster between our look and our write: the second look sees what it wrote.
     */
    private static final Set<Integer> PASSING = Set.of(1205, 1213, 1020, 1062, 50200, 90131, 23505);

    private Failures() {}

    /** Whether the same transaction may succeed when it is run again. */
    static boolean mayPass(SQLException e) {
        // SQLSTATE 40001: serialization failure, which includes deadlocks.
        return PASSING.contains(e.getErrorCode()) || "40001".equals(e.getSQLState());
    }

    static boolean isDuplicate(SQLException e) {
        return e.getErrorCode() == 1062 || e.getErrorCode() == 23505;
    }

    /** Whether a table is missing: SQLSTATE class 42, subclass S. */
    static boolean isMissingTable(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("42S");
    }

    static StoreException storeException(String what, SQLException e, int tries) {
        return new StoreException(
                what + " failed after " + tries + (tries == 1 ? " try" : " tries") + " (" + describe(e)
                        + "); nothing of it was kept. Try again; if it lasts, see to the database",
                withoutData(e));
    }

    /** SQLSTATE and vendor code; the message only where it is about the connection. */
    static String describe(SQLException e) {
        String codes = "SQLSTATE " + e.getSQLState() + ", code " + e.getErrorCode();
        return isAboutConnection(e) ? codes + ", " + e.getMessage() : codes;
    }

    /**
     * A copy that can be logged: the messages of databases repeat values, such as the key of a duplicate entry, and
     * those of connections repeat none.
     */
    static SQLException withoutData(SQLException e) {
        var copy = new SQLException(describe(e), e.getSQLState(), e.getErrorCode());
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }

    /** SQLSTATE class 08; a pool that has run dry throws SQLTransientConnectionException without one. */
    private static boolean isAboutConnection(SQLException e) {
        String state = e.getSQLState();
        return state == null ? isConnectionType(e) : state.startsWith("08");
    }

    private static boolean isConnectionType(SQLException e) {
        return e instanceof SQLTransientConnectionException || e instanceof SQLNonTransientConnectionException;
    }
}
