package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.text.Segments;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK's client logs credentials and numbers through java.util.logging if it is let to, even at INFO. */
class VonageShowsNothingTest {
    private static final String SECRET_TEXT = "Geheimnis";
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900987");

    private final Logger sdk = Logger.getLogger("com.vonage");
    private final Queue<String> julLines = new ConcurrentLinkedQueue<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            julLines.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listenToEverything() {
        recorder.setLevel(Level.ALL);
        sdk.setLevel(Level.ALL);
        sdk.addHandler(recorder);
    }

    @AfterEach
    void stopListening() {
        sdk.removeHandler(recorder);
        sdk.setLevel(null);
    }

    @Test
    void numbersTextsAndSecretsAreInNoLogAndNoOutcome() throws Exception {
        try (var vonage = new AnsweringServer();
                VonageProvider provider = Accounts.provider(vonage, "signature-secret", "s1gn-secret")) {
            String echo = "{\"message-count\":\"1\",\"messages\":[{\"status\":\"3\",\"to\":\"" + NUMBER.digits()
                    + "\",\"error-text\":\"" + SECRET_TEXT + "\"}]}";
            vonage.answers(200, echo).answers(500, echo).answers(302, echo).answers(500, echo);

            List<SubmitOutcome> outcomes = List.of(submit(provider), submit(provider), submit(provider));
            LookupAnswer doubt = provider.find(new DoubtfulAttempt(
                    AttemptId.create(),
                    NUMBER,
                    null,
                    SECRET_TEXT,
                    Segments.of(SECRET_TEXT),
                    Instant.now(),
                    Instant.now()));
            WebhookVerdict verdict = provider.parse(new WebhookRequest(
                    "GET",
                    "https://example.com/?msisdn=" + NUMBER.digits() + "&text=" + SECRET_TEXT,
                    Map.of(),
                    new byte[0]));

            String shown =
                    Files.readString(Path.of("target", "trace.log")) + julLines + outcomes + doubt + verdict + provider;
            assertThat(shown).contains("vonage POST -> Answered[200");
            assertThat(shown)
                    .doesNotContain(
                            "7700900987",
                            SECRET_TEXT,
                            Accounts.API_SECRET,
                            Accounts.API_KEY,
                            "s1gn-secret",
                            "Authorization",
                            "Basic ");
        }
    }

    @Test
    void theMessagesApiShowsNothingEither() throws Exception {
        try (var vonage = new AnsweringServer();
                VonageProvider provider = Accounts.provider(
                        vonage,
                        "api",
                        "messages",
                        "application-id",
                        Accounts.APPLICATION_ID,
                        "private-key",
                        Accounts.privateKeyPem(),
                        "signature-secret",
                        "s1gn-secret")) {
            String echo = "{\"type\":\"https://developer.vonage.com/api-errors/messages#" + NUMBER.digits()
                    + "\",\"title\":\"" + NUMBER.e164() + "\",\"detail\":\"" + SECRET_TEXT + "\"}";
            vonage.answers(422, echo).answers(500, echo).answers(400, echo).answers(200, echo);

            List<SubmitOutcome> outcomes = List.of(submit(provider), submit(provider));
            RecipientFinding finding =
                    ((RecipientCheck) provider).check(List.of(NUMBER)).get(0);
            LogAnswer log = provider.readLog(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), null);
            WebhookVerdict verdict = provider.parse(new WebhookRequest(
                    "POST",
                    "https://example.com/",
                    Map.of("Authorization", List.of("Bearer " + SECRET_TEXT)),
                    echo.getBytes(StandardCharsets.UTF_8)));

            String token = String.valueOf(vonage.taken().getHeaders().get("Authorization"));
            String shown = Files.readString(Path.of("target", "trace.log"))
                    + julLines
                    + outcomes
                    + finding
                    + log
                    + verdict
                    + provider
                    + provider.unknownCodes();
            assertThat(token).startsWith("Bearer ");
            assertThat(shown)
                    .doesNotContain(
                            "7700900987", SECRET_TEXT, Accounts.API_SECRET, "s1gn-secret", "Bearer", "PRIVATE KEY")
                    .doesNotContain(token.substring("Bearer ".length()));
        }
    }

    private static SubmitOutcome submit(VonageProvider provider) {
        return provider.submit(List.of(new Submission(
                        AttemptId.create(),
                        NUMBER,
                        null,
                        SECRET_TEXT,
                        Segments.of(SECRET_TEXT),
                        Duration.ofHours(1),
                        Map.of())))
                .get(0);
    }
}
