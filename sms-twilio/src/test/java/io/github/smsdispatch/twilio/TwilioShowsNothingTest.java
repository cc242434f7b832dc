package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.text.Segments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The SDK logs the recipient's number at DEBUG if it is let to. */
class TwilioShowsNothingTest {
    private static final String SECRET_TEXT = "Geheimnis";
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900987");

    @Test
    void numbersTextsAndSecretsAreInNoLogAndNoOutcome() throws Exception {
        try (var twilio = new AnsweringServer();
                TwilioProvider provider = Accounts.provider(twilio)) {
            String echo = "{\"code\":21211,\"message\":\"" + NUMBER.e164() + " " + SECRET_TEXT + "\",\"status\":400}";
            twilio.answers(400, echo).answers(500, echo).answers(302, echo).answers(500, echo);

            List<SubmitOutcome> outcomes = List.of(submit(provider), submit(provider), submit(provider));
            LookupAnswer doubt = provider.find(new DoubtfulAttempt(
                    AttemptId.create(),
                    NUMBER,
                    null,
                    SECRET_TEXT,
                    Segments.of(SECRET_TEXT),
                    Instant.now(),
                    Instant.now()));

            String shown = Files.readString(Path.of("target", "trace.log")) + outcomes + doubt + provider;
            assertThat(shown).contains("twilio POST -> Answered[400");
            assertThat(shown)
                    .doesNotContain(
                            "7700900987",
                            SECRET_TEXT,
                            Accounts.AUTH_TOKEN,
                            "Authorization",
                            "Basic ",
                            Accounts.ACCOUNT_SID);
        }
    }

    private static SubmitOutcome submit(TwilioProvider provider) {
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
