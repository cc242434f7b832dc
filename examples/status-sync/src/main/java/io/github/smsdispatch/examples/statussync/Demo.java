package io.github.smsdispatch.examples.statussync;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.text.Segments;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A campaign that somebody sent: a table of Twilio's ids in an H2 file, and a carrier on this machine that plays Twilio over
 * HTTP and knows what became of them. Both outlive a kill; a campaign of which everything is known makes place for a new one.
 */
final class Demo implements AutoCloseable {
    static final String TABLE = "assignment_messages";
    static final String ID_COLUMN = "message_sid";

    private static final int BATCH = 500;
    private static final String TEXT = "Hello from the campaign";
    private static final ProviderAccount TWILIO = ProviderAccount.of("twilio");

    private final CarrierSimulator carrier;
    private final SmsProvider provider;
    private final HikariDataSource database;

    private Demo(CarrierSimulator carrier, SmsProvider provider, HikariDataSource database) {
        this.carrier = carrier;
        this.provider = provider;
        this.database = database;
    }

    /** Opens what an earlier run has left, or begins anew; sends what is missing of the campaign. */
    static Demo open(Path data, int ids, PrintStream out) {
        try {
            Files.createDirectories(data);
            if (Files.exists(doneMark(data))) {
                for (String file : List.of("campaign.mv.db", "carrier.ledger", "done")) {
                    Files.deleteIfExists(data.resolve(file));
                }
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--data", "names a folder that cannot be made or written", "name another folder");
        }
        CarrierSimulator carrier = carrier(data);
        try {
            SmsProvider provider = ProviderCatalog.discover()
                    .create(List.of(TWILIO), settings(carrier))
                    .values()
                    .iterator()
                    .next();
            var demo = new Demo(carrier, provider, Connections.toFile(data.resolve("campaign")));
            demo.send(ids, out);
            return demo;
        } catch (RuntimeException | Error e) {
            carrier.close();
            throw e;
        }
    }

    private static CarrierSimulator carrier(Path data) {
        try {
            return CarrierSimulator.builder()
                    .twilio(TwilioCredentials.fake())
                    .faults(FaultScript.of("latency=10ms..60ms,undelivered=4%"))
                    .ledgerFile(data.resolve("carrier.ledger"))
                    .start();
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new ConfigurationException(
                    "--data", "is in use by another run, or damaged", "wait for the other run, or name another folder");
        }
    }

    private static SettingSource settings(CarrierSimulator carrier) {
        var account = TwilioCredentials.fake();
        return SettingSource.of(Map.of(
                "twilio.base-url", carrier.baseUrl().toString(),
                "twilio.account-sid", account.accountSid(),
                "twilio.auth-token", account.authToken(),
                "twilio.timeout", "PT5S",
                "twilio.from", "+12065550100"));
    }

    private static Path doneMark(Path data) {
        return data.resolve("done");
    }

    HikariDataSource database() {
        return database;
    }

    SmsProvider provider() {
        return provider;
    }

    /** Everything is known: the next run begins anew. */
    static void done(Path data) {
        try {
            Files.writeString(doneMark(data), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the other program did before. */
    private void send(int ids, PrintStream out) {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS " + TABLE
                        + " (id INT PRIMARY KEY, contact_id INT NOT NULL, message_sid VARCHAR(34))");
            }
            int sent = count(connection);
            if (sent < ids) {
                out.println("demonstration: another program sends " + (ids - sent) + " messages ...");
            }
            while (sent < ids) {
                int first = sent;
                int until = Math.min(ids, sent + BATCH);
                // One thread each for calls that wait: the pool of parallel streams has too few on a small machine.
                List<String> sids =
                        Workers.map(IntStream.range(first, until).boxed().toList(), number -> handOver(number));
                insert(connection, first, sids);
                sent = until;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the table of the demonstration cannot be written", e);
        }
    }

    private String handOver(int number) {
        var submission = new Submission(
                AttemptId.create(),
                PhoneNumber.parse(String.format("+4477009%05d", number % 1_000)),
                null,
                TEXT,
                Segments.of(TEXT),
                Duration.ofHours(1),
                Map.of());
        return provider.submit(List.of(submission))
                .get(0)
                .fold(accepted -> accepted.providerMessageIds().get(0), refused -> "", unknown -> "");
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + TABLE)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void insert(Connection connection, int first, List<String> sids) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?, ?)")) {
            for (int i = 0; i < sids.size(); i++) {
                insert.setInt(1, first + i + 1);
                insert.setInt(2, 1_000_000 + first + i);
                insert.setString(3, sids.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() {
        provider.close();
        database.close();
        carrier.close();
    }
}
