package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The SDK logs the recipient's number at DEBUG if it is let to. */
class TwilioShowsNothingTest {
    private static final String SECRET_TEXT = "Geheimnis";
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900987");

    @Test
    void numbersTextsAndSecretsAreInNoLogAndNoOutcome() throws Exception {
        try (var twilio = new AnsweringServer();
                TwilioProvider provider = Accounts.provider(twilio, "lookup-base-url", twilio.url())) {
            String echo = "{\"code\":21211,\"message\":\"" + NUMBER.e164() + " " + SECRET_TEXT + "\",\"status\":400}";
            String log =
                    "{\"messages\":[{\"sid\":\"SM1\",\"status\":\"sent to " + NUMBER.e164() + "\",\"error_code\":\""
                            + NUMBER.e164() + "\",\"to\":\"" + NUMBER.e164() + "\",\"body\":\"" + SECRET_TEXT
                            + "\",\"direction\":\"outbound-api\"}],\"next_page_uri\":null}";
            twilio.answers(400, echo)
                    .answers(500, echo)
                    .answers(302, echo)
                    .answers(500, echo)
                    .answers(404, echo)
                    .answers(200, "{\"valid\":false,\"validation_errors\":[\"" + NUMBER.e164() + "\"]}")
                    .answers(200, log);

            List<SubmitOutcome> outcomes = List.of(submit(provider), submit(provider), submit(provider));
            LookupAnswer doubt = provider.find(new DoubtfulAttempt(
                    AttemptId.create(),
                    NUMBER,
                    null,
                    SECRET_TEXT,
                    Segments.of(SECRET_TEXT),
                    Instant.now(),
                    Instant.now()));

            List<RecipientFinding> findings = List.of(check(provider), check(provider));
            LogAnswer page = provider.readLog(Instant.EPOCH, Instant.now(), null);
            WebhookVerdict verdict = provider.parse(textThatCameIn());
            assertThat(verdict.events()).hasSize(2);

            String shown = Files.readString(Path.of("target", "trace.log"))
                    + outcomes
                    + doubt
                    + findings
                    + page
                    + verdict
                    + verdict.events()
                    + provider.unknownCodes()
                    + provider;
            assertThat(shown)
                    .contains(
                            "twilio POST -> Answered[400", "twilio GET -> Answered[404", "said a code of another form");
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

    private static RecipientFinding check(TwilioProvider provider) {
        return provider.check(List.of(NUMBER)).get(0);
    }

    private static WebhookRequest textThatCameIn() throws Exception {
        String url = "https://example.com/in?MessageSid=SM2&SmsStatus=received&To=%2B12025550100&OptOutType=STOP&Body="
                + SECRET_TEXT + "&From=%2B" + NUMBER.e164().substring(1);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(Accounts.AUTH_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(url.getBytes(StandardCharsets.UTF_8)));
        return new WebhookRequest("GET", url, Map.of("X-Twilio-Signature", List.of(signature)), new byte[0]);
    }
}
