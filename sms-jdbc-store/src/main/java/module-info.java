/** Keeps messages in MariaDB, MySQL or H2. */
module io.github.smsdispatch.jdbc {
    requires org.slf4j;
    requires transitive io.github.smsdispatch.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;

    exports io.github.smsdispatch.jdbc;
}
