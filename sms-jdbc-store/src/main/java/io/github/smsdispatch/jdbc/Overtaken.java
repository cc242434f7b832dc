package io.github.smsdispatch.jdbc;

import java.sql.SQLException;

/** A message was changed between a look without a lock and the write. SQLSTATE 40001: the transaction is run again. */
final class Overtaken extends SQLException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
        super("a message was changed meanwhile", "40001");
    }
}
