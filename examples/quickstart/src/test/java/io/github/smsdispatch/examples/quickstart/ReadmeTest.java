package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The embedding example of the README")
class ReadmeTest {
    private static final String MARKER = "<!-- compiled and run by ReadmeTest -->\n```java\n";

    @Test
    @Timeout(90)
    @DisplayName("compiles as it stands there, sends its message, and prints that it was delivered")
    void compilesAndSends(@TempDir Path classes) throws Exception {
        String snippet = snippet();
        assertThat(snippet.lines().count()).as("lines of the example").isLessThanOrEqualTo(15);
        compile(snippet, classes);
        try (var carrier = CarrierSimulator.builder()
                .twilio(TwilioCredentials.fake())
                .vonage(VonageCredentials.fake())
                .start()) {
            assertThat(run(classes, environment(carrier))).isEqualTo("DELIVERED");
            assertThat(carrier.ledger().entries()).hasSize(1);
        }
    }

    private static String snippet() throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        int start = readme.indexOf(MARKER) + MARKER.length();
        assertThat(start).as("where the example begins").isGreaterThan(MARKER.length());
        return readme.substring(start, readme.indexOf("```", start));
    }

    private static void compile(String snippet, Path classes) throws Exception {
        String source =
                """
                import io.github.smsdispatch.*;
                import io.github.smsdispatch.engine.*;
                import io.github.smsdispatch.jdbc.*;
                import java.time.Duration;
                import java.util.*;
                import javax.sql.DataSource;

                public class Embedding {
                    public static void main(DataSource dataSource, Map<String, String> env) throws Exception {
                %s
                    }
                }
                """
                        .formatted(snippet);
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
