package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers and texts in the places of Twilio's own where words and codes belong. */
class TwilioShowsNothingTest {
    private static final String SECRET_TEXT = "Geheimnis";
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900987");

    @Test
    void whatStandsWhereAWordBelongsIsInNoLogAndNoAnswer() throws Exception {
        try (var twilio = new AnsweringServer();
                TwilioProvider provider = Accounts.provider(twilio, "lookup-base-url", twilio.url())) {
            twilio.answers(200, "{\"valid\":false,\"validation_errors\":[\"" + NUMBER.e164() + "\"]}")
                    .answers(
                            200,
                            "{\"messages\":[{\"sid\":\"SM1\",\"status\":\"sent to " + NUMBER.e164()
                                    + "\",\"error_code\":\""
                                    + NUMBER.e164() + "\",\"to\":\"" + NUMBER.e164() + "\",\"body\":\"" + SECRET_TEXT
                                    + "\",\"direction\":\"outbound-api\"}],\"next_page_uri\":null}");

            RecipientFinding finding = provider.check(List.of(NUMBER)).get(0);
            LogAnswer page = provider.readLog(Instant.EPOCH, Instant.now(), null);

            assertThat(((LogAnswer.Page) page).receipts()).hasSize(1);
            String shown = Files.readString(Path.of("target", "trace.log")) + finding + page + provider.unknownCodes();
            assertThat(shown).contains("twilio GET -> Answered[200", "said a code of another form");
            assertThat(shown).doesNotContain("7700900987", SECRET_TEXT);
        }
    }
}
