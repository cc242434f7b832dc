package io.github.smsdispatch.examples.statussync;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.smsdispatch.spi.ConfigurationException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the database. */
final class Connections {
    private static final int MOST = 4;

    private Connections() {}

    /**
     * To the database of a user.
     *
     * @param password null: it has none, or it is in the URL
     * @throws ConfigurationException if there is no getting in
     */
    static HikariDataSource to(String url, @Nullable String user, @Nullable String password) {
        return open(url, user, password, MOST);
    }

    /**
     * To the file of the demonstration: one connection, and each commit at once behind what is there, so that nothing is lost
     * when the program is killed.
     */
    static HikariDataSource toFile(Path file) {
        return open(
                "jdbc:h2:file:" + file.toAbsolutePath().normalize()
                        + ";WRITE_DELAY=0;REUSE_SPACE=FALSE;COMPRESS=TRUE;DB_CLOSE_ON_EXIT=FALSE",
                null,
                null,
                1);
    }

    private static HikariDataSource open(String url, @Nullable String user, @Nullable String password, int most) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(most);
        config.setPoolName("status-sync");
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException | IllegalArgumentException e) {
            // The message of the cause may repeat the URL, and with it a password.
            throw new ConfigurationException(
                    "--jdbc-url",
                    "leads to a database that cannot be opened",
                    "see that it runs, that host, port and database are right, and that it lets this user in (--jdbc-user,"
                            + " SMS_JDBC_PASSWORD)");
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    "--jdbc-url",
                    "is of a kind that there is no driver for",
                    "use jdbc:mariadb:, jdbc:mysql: or jdbc:h2:");
        }
    }
}
