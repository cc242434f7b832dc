package io.github.smsdispatch.benchmarks.store;

import java.sql.SQLException;
import javax.sql.DataSource;

/** A turn of a contestant: made with all messages in its tables, run once, checked and thrown away. */
interface Turn extends AutoCloseable {
    /** Where to ask the server what it cost. */
    DataSource dataSource();

    /** How many of what is measured there are in a turn with so many messages. */
    default int units(int messages) {
        return messages;
    }

    /**
     * Does the work.
     *
     * @return how long it took, in nanoseconds
     */
    long run() throws Exception;

    /**
     * Looks whether the work is done.
     *
     * @throws IllegalStateException unless it is, each message once
     */
    void check() throws Exception;

    /** Throws the tables away. */
    @Override
    void close() throws SQLException;
}
