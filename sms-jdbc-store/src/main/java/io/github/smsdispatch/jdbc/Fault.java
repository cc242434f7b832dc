package io.github.smsdispatch.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * What kind of trouble a database is in, whether trying again at once may help, and what its operator can do.
 *
 * <p>Codes of MariaDB and MySQL: mariadb.com/kb/en/mariadb-error-code-reference and the MySQL 9 error message reference
 * (read 2026-11); of H2, which has five digits or six: its class ErrorCode. SQLSTATE class 08: connection exception.
 */
enum Fault {
    /**
     * 1213 deadlock, 1020 record changed since last read, 1062 and 23505 duplicate, 90131 concurrent update. A duplicate
     * means that another node was faster between our look and our write: the second look sees what it wrote.
     */
    CONFLICT(10, "other transactions were in the way each time", "Try again"),

    /** 1205 and 50200. What waits for a lock for as long as the server lets it should not wait ten times as long. */
    LOCKED(
            10,
            "another transaction keeps rows locked",
            "Try again; if it lasts, look for a transaction that somebody left open (information_schema.innodb_trx)"),

    /** A few tries: a pool may have several connections that died together. */
    LOST(4, "the connection was lost", "Try again; if it lasts, see that the database runs and can be reached"),

    /** No connection could be got. The pool or the driver has waited already. */
    UNREACHABLE(
            1,
            "there is no connection",
            "Try again; if it lasts, see that the database runs and can be reached, that it lets the user in, and that"
                    + " the pool has enough connections"),

    /**
     * 1290 read_only and super_read_only, 1792 a read-only transaction, 1836 and 90097 a read-only server or file. A few
     * tries, each on another connection: after a fail-over those that are kept open lead to what is a replica now.
     */
    READ_ONLY(
            4,
            "the database only lets us read",
            "It is a replica, or was set read-only: lead the data source to the primary. What is to be done waits"),

    /** 1114 table full, 1021 and 90100 disk full, 3 and 1026 error writing a file, 1030 with error 28 of the system. */
    FULL(1, "the database is full", "Make room: what is to be done waits"),

    /** SQLSTATE 42S02 and 42S22. */
    SCHEMA(
            1,
            "a table or a column is missing",
            "See that this is the right database and nobody changed its tables; createSchema() makes those that are"
                    + " missing in an empty one"),

    /** 1044, 1142, 1143, 1227, 1370 and 90096. */
    RIGHTS(
            1,
            "the user may not do this",
            "Grant SELECT, INSERT, UPDATE and DELETE on the tables; createSchema() needs CREATE, CREATE VIEW and DROP too"),

    /** 1317 killed, 1969 max_statement_time, 3024 max_execution_time, SQLSTATE HYT00, 57014. */
    CUT_OFF(
            1,
            "the statement was stopped before its end",
            "Try again; if it lasts, see what slows the database down, or raise the limit that stopped it"),

    /** 1665: InnoDB writes no whole statements to the binary log in READ COMMITTED. */
    BINARY_LOG(
            1,
            "the binary log takes nothing but whole statements, which READ COMMITTED cannot be written as",
            "Set binlog_format to ROW or MIXED and open the connections anew"),

    OTHER(1, "the database refused", "Try again; if it lasts, see to the database");

    private static final Set<Integer> CONFLICTS = Set.of(1213, 1020, 1062, 23505, 90131);
    private static final Set<Integer> LOCKS = Set.of(1205, 50200);

    /** 1053 shutdown, 1927 killed, 4031 idle for too long; H2: 90007 closed, 90067 broken, 90098 and 90121 shut down. */
    private static final Set<Integer> LOSSES = Set.of(1053, 1927, 4031, 90007, 90067, 90098, 90121);

    private static final Set<Integer> READ_ONLIES = Set.of(1290, 1792, 1836, 90097);
    private static final Set<Integer> FULLS = Set.of(1114, 1021, 3, 1026, 90100);
    private static final Set<Integer> REFUSALS = Set.of(1044, 1142, 1143, 1227, 1370, 90096);
    private static final Set<Integer> STOPS = Set.of(1317, 1969, 3024);

    private final int mostTries;
    private final String problem;
    private final String remedy;

    Fault(int mostTries, String problem, String remedy) {
        this.mostTries = mostTries;
        this.problem = problem;
        this.remedy = remedy;
    }

    static Fault of(SQLException e) {
        int code = e.getErrorCode();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (e instanceof Failures.NoConnection) {
            return UNREACHABLE;
        }
        // SQLSTATE 40001: serialization failure, which includes deadlocks.
        if (CONFLICTS.contains(code) || state.equals("40001")) {
            return CONFLICT;
        }
        if (LOCKS.contains(code)) {
            return LOCKED;
        }
        if (LOSSES.contains(code) || state.startsWith("08")) {
            return LOST;
        }
        if (READ_ONLIES.contains(code) || state.equals("25006") || isSetReadOnly(e)) {
            return READ_ONLY;
        }
        if (FULLS.contains(code) || (code == 1030 && isOutOfSpace(e))) {
            return FULL;
        }
        if (state.equals("42S02") || state.equals("42S22")) {
            return SCHEMA;
        }
        if (REFUSALS.contains(code)) {
            return RIGHTS;
        }
        if (code == 1665) {
            return BINARY_LOG;
        }
        return STOPS.contains(code) || state.equals("HYT00") || state.equals("57014") ? CUT_OFF : OTHER;
    }

    /** 28 is ENOSPC: "Got error 28 from storage engine", in later versions with the words of the system behind it. */
    private static boolean isOutOfSpace(SQLException e) {
        String message = e.getMessage();
        return message != null && message.contains("error 28 ");
    }

    /** MySQL Connector/J asks no server when the connection was set read-only, and has no code of its own for it. */
    private static boolean isSetReadOnly(SQLException e) {
        String message = e.getMessage();
        return "S1009".equals(e.getSQLState()) && message != null && message.startsWith("Connection is read-only");
    }

    /** How often a transaction is run in all that meets this each time. */
    int mostTries() {
        return mostTries;
    }

    /** What is wrong, within a sentence. */
    String problem() {
        return problem;
    }

    /** What to do, as a sentence without its full stop. */
    String remedy() {
        return remedy;
    }

    /** Whether another connection may do better, so that the pool is not to keep this one. */
    boolean isOfTheConnection() {
        return this == LOST || this == READ_ONLY;
    }

    /** Whether a commit that failed so has certainly not happened. */
    boolean isUndone() {
        return this == CONFLICT || this == LOCKED || this == READ_ONLY;
    }
}
