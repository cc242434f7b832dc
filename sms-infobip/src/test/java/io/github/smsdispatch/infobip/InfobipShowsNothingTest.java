package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Infobip repeats numbers and texts in the words of its answers, and might do so where it has codes today. */
class InfobipShowsNothingTest {
    private static final String TEXT = "Geheimnis";
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900987");

    @Test
    void whatAnAnswerRepeatsIsInNoOutcomeNoFindingAndNoCount() {
        try (var infobip = new AnsweringServer();
                InfobipProvider provider = Accounts.provider(infobip)) {
            Submission submission = submission();
            String mine = "{\"messageId\":\"" + submission.reference() + "\",\"to\":\"" + NUMBER.digits()
                    + "\",\"text\":\"" + TEXT + "\",\"status\":{\"id\":\"" + NUMBER.digits() + "\",\"name\":\"" + TEXT
                    + " " + NUMBER.digits() + "\",\"description\":\"" + TEXT + "\"},\"error\":{\"id\":\"" + TEXT
                    + "!\"}}";
            String violation = "{\"violations\":[{\"property\":\"messages[0].to\",\"violation\":\"" + NUMBER.digits()
                    + "\"}],\"description\":\"" + TEXT + "\"}";
            infobip.answers(200, "{\"messages\":[" + mine + "]}")
                    .answers(400, violation)
                    .answers(200, "{\"results\":[" + mine + "]}")
                    .answers(200, "{\"results\":[" + mine + "]}");

            var shown = new StringBuilder();
            shown.append(provider.submit(List.of(submission)));
            shown.append(provider.submit(List.of(submission(), submission())));
            shown.append(provider.find(new DoubtfulAttempt(
                    submission.reference(), NUMBER, null, TEXT, Segments.of(TEXT), Instant.now(), Instant.now())));
            shown.append(provider.check(List.of(NUMBER)));
            shown.append(provider.unknownCodes());

            assertThat(shown).contains("Unknown", "Refused", "Found", "RecipientFinding", "others");
            assertThat(shown).doesNotContain("7700900987", TEXT);
        }
    }

    private static Submission submission() {
        return new Submission(AttemptId.create(), NUMBER, null, TEXT, Segments.of(TEXT), Duration.ofHours(1), Map.of());
    }
}
