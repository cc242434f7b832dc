package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioLookupTest {
    private static final String SID = "SM" + "00112233445566778899aabbccddeeff";

    private AnsweringServer twilio;

    @BeforeEach
    void startServer() {
        twilio = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        twilio.close();
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, ENROUTE",
        "scheduled, ENROUTE",
        "queued, ENROUTE",
        "sending, ENROUTE",
        "sent, ENROUTE",
        "delivered, DELIVERED",
        "read, DELIVERED",
        "undelivered, UNDELIVERED",
        "failed, UNDELIVERED",
        "canceled, UNDELIVERED",
        "partially_delivered, UNKNOWN",
        "teleported, UNKNOWN"
    })
    void aStatusIsTranslatedAndKeptAsItIs(String word, ReceiptState state) throws Exception {
        twilio.answers(200, message(word, "null"));
        SentAttempt attempt = attempt(SID);

        assertThat(lookUp(attempt))
                .isEqualTo(new LookupAnswer.Found(List.of(new Receipt(
                        ProviderAccount.of("twilio"),
                        SID,
                        attempt.reference(),
                        state,
                        word,
                        null,
                        Instant.parse("2026-11-21T10:00:05Z")))));
        assertThat(twilio.taken().getTarget())
                .isEqualTo("/2010-04-01/Accounts/" + Accounts.ACCOUNT_SID + "/Messages/" + SID + ".json");
    }

    @Test
    void anErrorCodeIsKept() {
        twilio.answers(200, message("undelivered", "30003"));

        assertThat(((LookupAnswer.Found) lookUp(attempt(SID))).receipts().get(0).errorCode())
                .isEqualTo("30003");
    }

    @Test
    void twiliosOwnNotFoundIsAbsent() {
        twilio.answers(404, "{\"code\":20404,\"status\":404}");

        assertThat(lookUp(attempt(SID))).isEqualTo(new LookupAnswer.Absent());
    }

    @Test
    void aBareNotFoundSaysNothing() {
        twilio.answers(404, "<html>no such page</html>");

        assertThat(lookUp(attempt(SID))).isEqualTo(new LookupAnswer.Failed("404", "answered 404", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"sid\":\"SM1\",\"status\":\"sent\"}", "[]"})
    void anAnswerAboutSomethingElseSaysNothing(String body) {
        twilio.answers(200, body);

        assertThat(lookUp(attempt(SID)))
                .isEqualTo(new LookupAnswer.Failed("200", "the answer is not the message asked for", null));
    }

    @Test
    void theWaitOfAThrottledAnswerIsPassedOn() {
        twilio.answers(429, "{\"code\":20429}", "Retry-After", "3");

        assertThat(lookUp(attempt(SID)))
                .isEqualTo(new LookupAnswer.Failed("429", "answered 429", Duration.ofSeconds(3)));
    }

    @Test
    void anIdThatIsNoSidNeverGetsIntoAUrl() {
        assertThat(lookUp(attempt("../Calls")))
                .isEqualTo(new LookupAnswer.Failed(null, "the id is no Twilio message SID", null));
        assertThat(twilio.requests()).isZero();
    }

    private LookupAnswer lookUp(SentAttempt attempt) {
        try (TwilioProvider provider = Accounts.provider(twilio)) {
            return provider.lookUp(List.of(attempt)).get(0);
        }
    }

    private static SentAttempt attempt(String sid) {
        return new SentAttempt(
                AttemptId.create(),
                List.of(sid),
                PhoneNumber.parse("+447700900123"),
                Instant.parse("2026-11-21T10:00:00Z"));
    }

    private static String message(String status, String errorCode) {
        return """
                {"sid":"%s","status":"%s","error_code":%s,"date_updated":"Sat, 21 Nov 2026 10:00:05 +0000"}"""
                .formatted(SID, status, errorCode);
    }
}
