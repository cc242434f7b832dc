package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.store.StoreException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** What an {@link SQLException} means, and how much of it may be shown. */
final class Failures {
    /** What follows the place in the URL of a database, and who stands before it. */
    private static final Pattern URL_DETAILS = Pattern.compile("(jdbc:[^\\s?&;]*)[?&;]\\S*");

    private static final Pattern URL_USER = Pattern.compile("(jdbc:\\S*?//)[^\\s/@]*@");
    private static final Pattern CREDENTIAL =
            Pattern.compile("\\b(user|username|password|passwd|pwd)(\\s*=\\s*)[^\\s&;,)}]+", Pattern.CASE_INSENSITIVE);

    private Failures() {}

    static boolean isDuplicate(SQLException e) {
        return e.getErrorCode() == 1062 || e.getErrorCode() == 23505;
    }

    /** Whether a table is missing: SQLSTATE class 42, subclass S. */
    static boolean isMissingTable(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("42S");
    }

    static StoreException storeException(String what, SQLException e, int tries) {
        Fault fault = Fault.of(e);
        String outcome = e instanceof CommitUnknown
                ? " during the commit, and whether it was kept is not known; the same call may be made again. "
                : "; nothing of it was kept. ";
        return new StoreException(
                what + " failed after " + tries + (tries == 1 ? " try" : " tries") + " (" + describe(e) + "): "
                        + fault.problem() + outcome + fault.remedy(),
                withoutData(e));
    }

    /** SQLSTATE and vendor code; the message only where it is about the connection. */
    static String describe(SQLException e) {
        String codes = "SQLSTATE " + e.getSQLState() + ", code " + e.getErrorCode();
        return isAboutConnection(e) ? codes + ", " + message(e) : codes;
    }

    /** The first line where a statement was under way: drivers may be told to add it, with its values (dumpQueriesOnException). */
    private static String message(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return withoutCredentials(
                e instanceof NoConnection
                        ? message
                        : message.lines().findFirst().orElse(""));
    }

    /** Drivers and pools repeat the URL that they could not use, with all that it carries. */
    static String withoutCredentials(String message) {
        String place = URL_DETAILS.matcher(message).replaceAll("$1");
        return CREDENTIAL.matcher(URL_USER.matcher(place).replaceAll("$1")).replaceAll("$1$2***");
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

    /** SQLSTATE class 08, or anything that kept us from getting a connection at all. */
    private static boolean isAboutConnection(SQLException e) {
        String state = e.getSQLState();
        return e instanceof NoConnection || (state != null && state.startsWith("08"));
    }

    /** No connection could be got: what the driver or the pool says of that is no data of ours, and needed to mend it. */
    static final class NoConnection extends SQLException {
        private static final long serialVersionUID = 1L;

        NoConnection(SQLException why) {
            super(why.getMessage(), why.getSQLState(), why.getErrorCode());
            setStackTrace(why.getStackTrace());
        }
    }

    /** A commit without an answer: it may have happened. */
    static final class CommitUnknown extends SQLException {
        private static final long serialVersionUID = 1L;

        CommitUnknown(SQLException why) {
            super(why.getMessage(), why.getSQLState(), why.getErrorCode());
            setStackTrace(why.getStackTrace());
        }
    }
}
