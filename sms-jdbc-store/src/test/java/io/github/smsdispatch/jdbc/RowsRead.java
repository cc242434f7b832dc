package io.github.smsdispatch.jdbc;

/** How many rows a MariaDB reads. */
final class RowsRead {
    private RowsRead() {}

    /** By this session, to which the pool gives one connection; reading the status costs some rows itself. */
    static int by(TestPool pool, Runnable work) {
        TestDatabases.execute(pool, "FLUSH STATUS");
        work.run();
        return TestDatabases.column(
                        pool,
                        "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME IN"
                                + " ('HANDLER_READ_FIRST', 'HANDLER_READ_KEY', 'HANDLER_READ_LAST', 'HANDLER_READ_NEXT',"
                                + " 'HANDLER_READ_PREV', 'HANDLER_READ_RND', 'HANDLER_READ_RND_NEXT')")
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }
}
