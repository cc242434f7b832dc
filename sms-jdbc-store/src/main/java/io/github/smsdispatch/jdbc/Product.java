package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.spi.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which database a connection leads to. */
record Product(Dialect dialect) {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

    /**
     * Asks the database.
     *
     * @throws ConfigurationException if it is none that the store can work with
     */
    static Product of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        if ("H2".equals(name)) {
            require("H2", connection.getMetaData().getDatabaseProductVersion(), 2, 2, 220);
            return new Product(Dialect.H2);
        }
        if ("MariaDB".equals(name) || "MySQL".equals(name)) {
            // Asked by SQL: drivers for MySQL do not tell MariaDB apart, and MariaDB greets them as 5.5.5.
            String version = version(connection);
            if (version.contains("MariaDB")) {
                require("MariaDB", version, 10, 6, 0);
            } else {
                require("MySQL", version, 8, 0, 1);
            }
            return new Product(Dialect.MYSQL);
        }
        throw new ConfigurationException(
                "dataSource", "the database is " + name, "use MariaDB 10.6, MySQL 8.0.1, H2 2.2.220 or a later one");
    }

    private static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            return row.getString(1);
        }
    }

    static void require(String name, String version, int... least) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return;
        }
        int[] numbers = new int[3];
        for (int i = 0; i < numbers.length; i++) {
            String group = matcher.group(i + 1);
            numbers[i] = group == null ? 0 : Integer.parseInt(group);
        }
        if (Arrays.compare(numbers, least) < 0) {
            throw new ConfigurationException(
                    "dataSource",
                    "the database is " + name + " " + version + ", which cannot skip locked rows",
                    "use " + name + " " + least[0] + "." + least[1] + "." + least[2] + " or a later one");
        }
    }
}
