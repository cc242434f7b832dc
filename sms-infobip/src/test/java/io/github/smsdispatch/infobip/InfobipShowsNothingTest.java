package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.text.Segments;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfobipShowsNothingTest {
    private static final String SECRET_TEXT = "Geheimnis";
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900987");

    @Test
    void numbersTextsAndSecretsAreInNoLogAndNoOutcome() throws Exception {
        try (var infobip = new AnsweringServer();
                InfobipProvider provider = Accounts.provider(infobip, "webhook-secret", Accounts.SECRET)) {
            String status = "{\"id\":\"" + NUMBER.digits() + "\",\"name\":\"" + SECRET_TEXT + " " + NUMBER.digits()
                    + "\",\"description\":\"" + SECRET_TEXT + "\"}";
            String entry = "{\"messageId\":\"%s\",\"to\":\"" + NUMBER.digits() + "\",\"text\":\"" + SECRET_TEXT
                    + "\",\"status\":" + status + ",\"error\":{\"id\":\"" + SECRET_TEXT + "!\"}}";
            Submission submission = submission();
            String mine = entry.formatted(submission.reference());
            String violation = "{\"violations\":[{\"property\":\"messages[0].to\",\"violation\":\"" + NUMBER.digits()
                    + "\"}],\"description\":\"" + SECRET_TEXT + "\"}";
            infobip.answers(200, "{\"messages\":[" + mine + "]}")
                    .answers(400, violation)
                    .answers(500, violation)
                    .answers(200, "{\"results\":[" + mine + "]}")
                    .answers(200, "{\"results\":[" + mine + "]}");

            var shown = new StringBuilder();
            shown.append(provider.submit(List.of(submission)));
            shown.append(provider.submit(List.of(submission(), submission())));
            shown.append(provider.submit(List.of(submission())));
            shown.append(provider.find(new DoubtfulAttempt(
                    submission.reference(),
                    NUMBER,
                    null,
                    SECRET_TEXT,
                    Segments.of(SECRET_TEXT),
                    Instant.now(),
                    Instant.now())));
            shown.append(provider.check(List.of(NUMBER)));
            shown.append(provider.parse(new WebhookRequest(
                    "POST",
                    "https://example.com/?token=" + Accounts.SECRET,
                    Map.of(),
                    ("{\"results\":[" + mine + "]}").getBytes(StandardCharsets.UTF_8))));
            shown.append(provider).append(provider.unknownCodes());
            shown.append(Files.readString(Path.of("target", "trace.log")));

            assertThat(shown).contains("infobip POST -> Answered[200").contains("others");
            assertThat(shown)
                    .doesNotContain("7700900987", SECRET_TEXT, Accounts.API_KEY, Accounts.SECRET, "Authorization");
        }
    }

    private static Submission submission() {
        return new Submission(
                AttemptId.create(), NUMBER, null, SECRET_TEXT, Segments.of(SECRET_TEXT), Duration.ofHours(1), Map.of());
    }
}
