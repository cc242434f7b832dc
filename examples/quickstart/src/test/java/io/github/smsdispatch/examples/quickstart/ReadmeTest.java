package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.InboundHandler;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The README")
class ReadmeTest {
    private static final String EMBEDDING = "<!-- compiled and run by ReadmeTest -->\n```java\n";
    private static final String WEBHOOKS =
            "<!-- compiled and run by ReadmeTest, with the engine from above -->\n```java\n";
    private static final String INBOX = "<!-- compiled and run by ReadmeTest, with a table of yours -->\n```java\n";

    @Test
    @Timeout(90)
    @DisplayName(
            "has an example of embedding that compiles as it stands, sends its message, and prints that it was delivered")
    void compilesAndSends(@TempDir Path classes) throws Exception {
        String snippet = snippet(EMBEDDING);
        assertThat(snippet.lines().count()).as("lines of the example").isLessThanOrEqualTo(15);
        compile("void main(DataSource dataSource, Map<String, String> env)", snippet, classes);
        try (var carrier = CarrierSimulator.builder()
                .twilio(TwilioCredentials.fake())
                .vonage(VonageCredentials.fake())
                .start()) {
            assertThat(run(classes, environment(carrier))).isEqualTo("DELIVERED");
            assertThat(carrier.ledger().entries()).hasSize(1);
        }
    }

    @Test
    @Timeout(90)
    @DisplayName("has an example of receiving webhooks that compiles, takes what is signed and refuses what is forged")
    void receivesWebhooks(@TempDir Path classes) throws Exception {
        // A free port, and nobody but us.
        String snippet = snippet(WEBHOOKS).replace("(8080)", "(InetAddress.getLoopbackAddress(), 0)");
        compile("HttpServer serve(DispatchEngine engine)", snippet + "return server;", classes);
        String token = TwilioCredentials.fake().authToken();
        var account = ProviderAccount.of("twilio");
        try (var carrier = CarrierSimulator.builder()
                        .twilio(TwilioCredentials.fake())
                        .start();
                var engine = DispatchEngine.builder(new InMemoryMessageStore())
                        .accounts(ProviderCatalog.discover()
                                .create(List.of(account), SettingSource.environment(environment(carrier))))
                        .build();
                var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            var server = (HttpServer) loader.loadClass("Embedding")
                    .getMethod("serve", DispatchEngine.class)
                    .invoke(null, engine);
            try {
                assertThat(post(server, signature(token))).isEqualTo(200);
                assertThat(post(server, signature("another token"))).isEqualTo(403);
            } finally {
                server.stop(0);
                ((ExecutorService) server.getExecutor()).shutdownNow();
            }
        }
    }

    @Test
    @Timeout(90)
    @DisplayName(
            "has an example of taking texts that compiles, keeps each text once, and throws where it cannot keep one")
    void takesTexts(@TempDir Path classes) throws Exception {
        compile("InboundHandler inbox(DataSource dataSource)", snippet(INBOX) + "return inbox;", classes);
        var dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:inbox;DB_CLOSE_DELAY=-1");
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
                var db = dataSource.getConnection();
                var statement = db.createStatement()) {
            var inbox = (InboundHandler) loader.loadClass("Embedding")
                    .getMethod("inbox", DataSource.class)
                    .invoke(null, dataSource);
            assertThatThrownBy(() -> inbox.onText(text("SM1"))).isInstanceOf(SQLException.class);

            statement.execute("CREATE TABLE reply (account VARCHAR(65), id VARCHAR(100), sender VARCHAR(20),"
                    + " body VARCHAR(2000), PRIMARY KEY (account, id))");
            inbox.onText(text("SM1"));
            inbox.onText(text("SM1"));
            inbox.onText(text("SM2"));

            try (var rows = statement.executeQuery("SELECT id, sender, body FROM reply ORDER BY id")) {
                assertThat(rows.next()).isTrue();
                assertThat(List.of(rows.getString(1), rows.getString(2), rows.getString(3)))
                        .containsExactly("SM1", "+12025550123", "Yes please");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("SM2");
                assertThat(rows.next()).isFalse();
            }
        }
    }

    private static InboundText text(String id) {
        return new InboundText(
                ProviderAccount.of("twilio"), id, "+12025550123", "+12025550100", "Yes please", null, null);
    }

    @Test
    @DisplayName("names the versions that the build has")
    void versions() throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        String pom = Files.readString(Path.of("../../pom.xml"));
        for (String version :
                List.of("<version>%s</version>\n", "<mariadb-client.version>%s</mariadb-client.version>")) {
            String[] around = version.split("%s", 2);
            String built = pom.substring(pom.indexOf(around[0]) + around[0].length(), pom.indexOf(around[1]));
            assertThat(readme).contains("<version>" + built + "</version>");
        }
    }

    /** HMAC-SHA1 over the public URL and the sorted fields: https://www.twilio.com/docs/usage/security, read 2026-11. */
    private static String signature(String token) throws Exception {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String signed = "https://sms.example.org/hooks/twilio" + "MessageSid" + "SM1" + "MessageStatus" + "sent";
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static int post(HttpServer server, String signature) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/twilio");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .header("X-Twilio-Signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofString("MessageSid=SM1&MessageStatus=sent"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String snippet(String marker) throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        int start = readme.indexOf(marker) + marker.length();
        assertThat(start).as("where the example begins").isGreaterThan(marker.length());
        return readme.substring(start, readme.indexOf("```", start));
    }

    private static void compile(String method, String snippet, Path classes) throws Exception {
        String source =
                """
                import io.github.smsdispatch.*;
                import io.github.smsdispatch.catalog.*;
                import io.github.smsdispatch.engine.*;
                import com.sun.net.httpserver.HttpServer;
                import io.github.smsdispatch.jdbc.*;
                import io.github.smsdispatch.webhooks.*;
                import java.net.*;
                import java.sql.SQLIntegrityConstraintViolationException;
                import java.time.Duration;
                import java.util.*;
                import java.util.concurrent.*;
                import javax.sql.DataSource;

                public class Embedding {
                    public static %s throws Exception {
                %s
                    }
                }
                """
                        .formatted(method, snippet);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var complaints = new StringWriter();
        var task = compiler.getTask(
                complaints,
                null,
                null,
                List.of("-d", classes.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path")),
                null,
                List.of(
                        new SimpleJavaFileObject(
                                URI.create("string:///Embedding.java"), SimpleJavaFileObject.Kind.SOURCE) {
                            @Override
                            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                                return source;
                            }
                        }));
        assertThat(task.call()).as(complaints.toString()).isTrue();
    }

    /** What a user would set, and where the simulated carrier is; receipts are not set up, so the status is asked for. */
    private static Map<String, String> environment(CarrierSimulator carrier) {
        var twilio = TwilioCredentials.fake();
        var vonage = VonageCredentials.fake();
        var env = new HashMap<String, String>();
        env.put("TWILIO_ACCOUNT_SID", twilio.accountSid());
        env.put("TWILIO_AUTH_TOKEN", twilio.authToken());
        env.put("TWILIO_FROM", "+12025550100");
        env.put("TWILIO_BASE_URL", carrier.baseUrl().toString());
        env.put("TWILIO_RECEIPT_PATIENCE", "PT0.5S");
        env.put("VONAGE_API_KEY", vonage.apiKey());
        env.put("VONAGE_API_SECRET", vonage.apiSecret());
        env.put("VONAGE_FROM", "ACME");
        return env;
    }

    private static String run(Path classes, Map<String, String> env) throws Exception {
        var dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:readme;DB_CLOSE_DELAY=-1");
        var printed = new ByteArrayOutputStream();
        PrintStream screen = System.out;
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Embedding")
                    .getMethod("main", DataSource.class, Map.class)
                    .invoke(null, dataSource, env);
        } finally {
            System.setOut(screen);
        }
        return printed.toString(StandardCharsets.UTF_8).strip();
    }
}
