package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.spi.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema as numbered scripts. A script that was released never changes; what comes later is a new script. Each can
 * be run again after a failure half-way, because definitions of tables are not part of a transaction in MariaDB and
 * MySQL.
 */
final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(JdbcMessageStore.class);

    private record Script(int version, String name, boolean isCommon) {}

    private static final List<Script> SCRIPTS = List.of(
            new Script(1, "001-tables.sql", false),
            new Script(2, "002-names.sql", true),
            new Script(3, "003-status.sql", true));

    static final int LATEST = SCRIPTS.get(SCRIPTS.size() - 1).version();

    private static final String VERSION_TABLE =
            """
            CREATE TABLE IF NOT EXISTS ~schema_version (
              version INT NOT NULL,
              script VARCHAR(64) NOT NULL,
              applied_at %s NOT NULL,
              PRIMARY KEY (version)
            )""";

    private final Dialect dialect;
    private final String prefix;

    Migrations(Dialect dialect, String prefix) {
        this.dialect = dialect;
        this.prefix = prefix;
    }

    /** Applies what is missing; the connection commits each statement by itself. */
    void apply(Connection connection) throws SQLException {
        String lock = lockName(connection);
        dialect.lock(connection, lock);
        try {
            execute(connection, versionTable());
            int current = version(connection);
            for (Script script : SCRIPTS) {
                if (script.version() > current) {
                    for (String statement : statements(text(script))) {
                        execute(connection, statement);
                    }
                    record(connection, script);
                    log.info("applied {} to the tables with prefix '{}'", script.name(), prefix);
                }
            }
        } finally {
            dialect.unlock(connection, lock);
        }
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
                throw new ConfigurationException(
                        "tablePrefix",
                        "the database has no tables with the prefix '" + prefix + "'",
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
    }

    /** All of it as one script, for those who may not let a program change their schema. */
    String sql() {
        String body = SCRIPTS.stream()
                .map(script -> "-- " + script.name() + "\n" + text(script) + "\n"
                        + "INSERT INTO ~schema_version (version, script, applied_at) VALUES (" + script.version()
                        + ", '" + script.name() + "', CURRENT_TIMESTAMP(6));\n")
                .collect(Collectors.joining("\n"));
        return (versionTable() + ";\n\n" + body).replace("~", prefix);
    }

    private String versionTable() {
        return VERSION_TABLE.formatted(dialect == Dialect.H2 ? "TIMESTAMP(6)" : "DATETIME(6)");
    }

    private int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(version) FROM " + prefix + "schema_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void record(Connection connection, Script script) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO " + prefix + "schema_version (version, script, applied_at) VALUES (?, ?, ?)")) {
            statement.setInt(1, script.version());
            statement.setString(2, script.name());
            statement.setObject(3, LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC));
            statement.executeUpdate();
        } catch (SQLException e) {
            // Another process that shares the H2 server has applied the same script at the same time.
            if (!Failures.isDuplicate(e)) {
                throw e;
            }
        }
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("~", prefix));
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
        String path = (script.isCommon() ? "any" : dialect.folder()) + "/" + script.name();
        try (InputStream in = Migrations.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{message_id}", dialect.uuidText("m.id"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
