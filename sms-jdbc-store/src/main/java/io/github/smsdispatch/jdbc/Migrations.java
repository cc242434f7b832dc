package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.spi.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema as numbered scripts. A script that was released never changes; what comes later is a new script. Each can
 * be run again after a failure half-way, because definitions of tables are not part of a transaction in MariaDB and
 * MySQL, and writes down its own number as its last act, so that it does not matter whose tool runs it.
 *
 * <p>Names, place and placeholder are those that Flyway and Liquibase read without settings of ours: names as in
 * "Versioned migrations" of Flyway's reference, the first two lines as in "sql changelogs" of Liquibase's (both read
 * 2026-11). The folder is no name of a package, so that it can be seen from outside of this module.
 */
final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(JdbcMessageStore.class);

    private record Script(int version, String name) {}

    private static final List<Script> SCRIPTS = List.of(
            new Script(1, "V001__tables.sql"),
            new Script(2, "V002__names.sql"),
            new Script(3, "V003__status.sql"),
            new Script(4, "V004__rates.sql"));

    private static final String FOLDER = "/sms-dispatch/";

    private static final String PREFIX = "${prefix}";

    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(1);

    /** The head of a table in a script, and what begins a line in it that is no column. */
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+) \\(");

    private static final Set<String> NO_COLUMNS =
            Set.of("PRIMARY", "UNIQUE", "KEY", "INDEX", "CONSTRAINT", "FOREIGN", "CHECK");

    static final int LATEST = SCRIPTS.get(SCRIPTS.size() - 1).version();

    private final Dialect dialect;
    private final String prefix;

    Migrations(Dialect dialect, String prefix) {
        this.dialect = dialect;
        this.prefix = prefix;
    }

    /**
     * Applies what is missing; the connection commits each statement by itself. Where nothing is missing it only reads, so
     * that a user without the right to create tables may call it.
     */
    void apply(Connection connection) throws SQLException {
        if (versionOrNone(connection) >= LATEST) {
            return;
        }
        String lock = lockName(connection);
        dialect.lock(connection, lock, LOCK_PATIENCE);
        try {
            int current = versionOrNone(connection);
            if (current == 0) {
                refuseStrangers(connection);
                warnOfOthers(connection);
            }
            for (Script script : SCRIPTS) {
                if (script.version() > current) {
                    for (String statement : statements(text(script))) {
                        execute(connection, statement);
                    }
                    log.info("applied {} to the tables with prefix '{}'", script.name(), prefix);
                }
            }
        } finally {
            dialect.unlock(connection, lock);
        }
    }

    /** A wrong prefix would otherwise be a second, empty set of tables that nobody notices. */
    private void warnOfOthers(Connection connection) throws SQLException {
        List<String> others = new Inspection(connection, dialect).otherPrefixes(prefix);
        if (!others.isEmpty()) {
            log.warn(
                    "makes tables with prefix '{}' in a database that has those with {}: they share no message; if that is"
                            + " not meant, set tablePrefix to what it was and drop the new tables",
                    prefix,
                    quoted(others));
        }
    }

    private static String quoted(List<String> prefixes) {
        return prefixes.stream().map(each -> "'" + each + "'").collect(Collectors.joining(", "));
    }

    /**
     * Tables that are there although no script was completed are ours from a failure half-way, or somebody else's:
     * "IF NOT EXISTS" would pass over both.
     */
    private void refuseStrangers(Connection connection) throws SQLException {
        for (Script script : SCRIPTS) {
            for (String statement : statements(text(script))) {
                Matcher table = TABLE.matcher(statement);
                if (table.find()) {
                    refuseStranger(connection, table.group(1), columns(statement.substring(table.end())));
                }
            }
        }
    }

    private static void refuseStranger(Connection connection, String table, List<String> columns) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT " + String.join(", ", columns) + " FROM " + table + " WHERE 1 = 0")
                    .close();
        } catch (SQLException e) {
            if ("42S22".equals(e.getSQLState())) {
                var failure = new ConfigurationException(
                        "tablePrefix",
                        "the database has a table " + table + " with other columns, which is not ours",
                        "choose another prefix or another database");
                failure.initCause(Failures.withoutData(e));
                throw failure;
            }
            if (!Failures.isMissingTable(e)) {
                throw e;
            }
        }
    }

    /** One column a line, which is how our scripts are written. */
    private static List<String> columns(String definition) {
        return definition
                .lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().split(" ", 2)[0])
                .filter(word -> !NO_COLUMNS.contains(word))
                .toList();
    }

    /**
     * Looks whether the schema is the one that this version of the library needs.
     *
     * @throws ConfigurationException if it is not
     */
    void check(Connection connection) throws SQLException {
        int version;
        try {
            version = version(connection);
        } catch (SQLException e) {
            if (Failures.isMissingTable(e)) {
                List<String> others = new Inspection(connection, dialect).otherPrefixes(prefix);
                throw new ConfigurationException(
                        "tablePrefix",
                        "the database has no tables with the prefix '" + prefix + "'"
                                + (others.isEmpty() ? "" : "; it has those with " + quoted(others)),
                        "call createSchema() once, run the SQL of schemaSql(), or mend the prefix");
            }
            throw e;
        }
        if (version < LATEST) {
            throw new ConfigurationException(
                    "createSchema",
                    "the tables with the prefix '" + prefix + "' have schema version " + version + ", but version "
                            + LATEST + " is needed",
                    "call createSchema(), which applies what is missing");
        }
        if (version > LATEST) {
            throw new ConfigurationException(
                    "createSchema",
                    "the tables with the prefix '" + prefix + "' have schema version " + version
                            + ", which is newer than this library knows (" + LATEST + ")",
                    "use the version of the library that made them, or a newer one");
        }
        checkColumns(connection);
    }

    /** Scripts that were run by hand may have been run in part: then some calls would fail, sooner or later. */
    private void checkColumns(Connection connection) throws SQLException {
        Map<String, Set<String>> found = new Inspection(connection, dialect).columns(prefix);
        if (found.isEmpty()) {
            // Whatever hides all of them, it is not that they are missing: the table of versions was just read.
            return;
        }
        for (Script script : SCRIPTS) {
            for (String statement : statements(text(script))) {
                Matcher table = TABLE.matcher(statement);
                if (table.find()) {
                    checkTable(table.group(1), columns(statement.substring(table.end())), found);
                }
            }
        }
    }

    private static void checkTable(String table, List<String> columns, Map<String, Set<String>> found) {
        Set<String> there = found.getOrDefault(table.toLowerCase(Locale.ROOT), Set.of());
        if (there.isEmpty()) {
            throw new ConfigurationException(
                    "createSchema",
                    "the database has no table " + table,
                    "create it as schemaSql() has it; what else was created by hand may be incomplete as well");
        }
        List<String> missing =
                columns.stream().filter(column -> !there.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new ConfigurationException(
                    "createSchema",
                    "the table " + table + " lacks " + String.join(", ", missing),
                    "add it as schemaSql() has it; what else was created by hand may be incomplete as well");
        }
    }

    /** All of it as one script, for those who may not let a program change their schema. */
    String sql() {
        return SCRIPTS.stream()
                .map(script -> "-- " + script.name() + "\n" + text(script))
                .collect(Collectors.joining("\n"));
    }

    /** 0: no script was run to its end. */
    private int versionOrNone(Connection connection) throws SQLException {
        try {
            return version(connection);
        } catch (SQLException e) {
            if (Failures.isMissingTable(e)) {
                return 0;
            }
            throw e;
        }
    }

    private int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(version) FROM " + prefix + "schema_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            // Another process that shares the H2 server runs the same script, and has inserted the same rows.
            if (!Failures.isDuplicate(e)) {
                throw e;
            }
        }
    }

    /** One lock for each set of tables on the server; at most 64 characters (MySQL 8.4 manual, section 14.14). */
    private String lockName(Connection connection) throws SQLException {
        String name = connection.getCatalog() + "." + prefix;
        return "smsdispatch-schema-" + Integer.toHexString(name.hashCode());
    }

    private static List<String> statements(String script) {
        return Arrays.stream(script.split(";\\s*\n", -1))
                .filter(statement -> statement.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("--")))
                .toList();
    }

    private String text(Script script) {
        String path = FOLDER + dialect.folder() + "/" + script.name();
        try (InputStream in = Migrations.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace(PREFIX, prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
