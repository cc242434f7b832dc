package io.github.smsdispatch.killharness;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.store.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to a database that may be dead at any moment. */
final class Databases {
    private static final Logger log = LoggerFactory.getLogger(Databases.class);
    private static final Duration ANOTHER_TRY = Duration.ofMillis(250);
    /**
     * Recovery after a kill takes seconds, and each try waits a few for a connection. A count, not a time: a machine that
     * slept meanwhile has not waited in vain.
     */
    private static final int MOST_TRIES = 100;

    private Databases() {}

    /** A pool that waits for no database to be there. */
    static HikariDataSource pool(String url, int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(2000);
        config.setInitializationFailTimeout(-1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    /**
     * The store, with its tables, in a database that is there.
     *
     * @throws ConfigurationException if it is not, or cannot be used
     */
    static JdbcMessageStore open(HikariDataSource pool) {
        JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
        store.createSchema();
        return store;
    }

    /**
     * The store, with its tables; waits for a database that is being started.
     *
     * @throws IllegalStateException if it is not there in time
     */
    static JdbcMessageStore waitFor(HikariDataSource pool) throws InterruptedException {
        JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
        for (int tries = 1; ; tries++) {
            try {
                store.createSchema();
                return store;
            } catch (ConfigurationException | StoreException e) {
                if (tries == MOST_TRIES) {
                    throw new IllegalStateException("the database cannot be used: " + e.getMessage(), e);
                }
                log.info("the database is not there yet: {}", e.getMessage());
                Thread.sleep(ANOTHER_TRY.toMillis());
            }
        }
    }
}
