package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        assertThat(twilio.taken().target())
                .isEqualTo("/2010-04-01/Accounts/" + Accounts.ACCOUNT_SID + "/Messages/" + SID + ".json");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "undelivered, 30003, UNAVAILABLE",
                "undelivered, 30005, RECIPIENT",
                "undelivered, 30006, RECIPIENT",
                "undelivered, 30007, CONTENT",
                "undelivered, 30008, null",
                "failed, 30001, THROTTLED",
                "failed, 30002, ACCOUNT",
                "failed, 30034, SENDER",
                "failed, 30036, UNAVAILABLE",
                "failed, 30410, null",
                "failed, 30630, OPTED_OUT",
                "failed, 21610, OPTED_OUT",
                "failed, 21703, DESTINATION",
                "failed, 39999, null",
                "sent, 30022, null"
            })
    void theErrorCodeIsKeptAndSaysWhyAMessageFailed(String word, String code, @Nullable FailureReason reason) {
        twilio.answers(200, message(word, code));

        Receipt receipt = ((LookupAnswer.Found) lookUp(attempt(SID))).receipts().get(0);
        assertThat(receipt.errorCode()).isEqualTo(code);
        assertThat(receipt.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"failed, 30410, UNKNOWN", "undelivered, 30410, UNKNOWN", "undelivered, 30008, UNDELIVERED"})
    void aTimeoutBehindTwilioLeavesOpenWhetherItWasSent(String word, String code, ReceiptState state) {
        twilio.answers(200, message(word, code));

        Receipt receipt = ((LookupAnswer.Found) lookUp(attempt(SID))).receipts().get(0);
        assertThat(receipt.state()).isEqualTo(state);
        assertThat(receipt.status()).isEqualTo(word);
    }

    @Test
    void unknownWordsAndCodesAreCounted() {
        twilio.answers(200, message("teleported", "39999")).answers(200, message("failed", "39999"));

        try (TwilioProvider provider = Accounts.provider(twilio)) {
            provider.lookUp(List.of(attempt(SID), attempt(SID)));

            assertThat(provider.unknownCodes()).isEqualTo(Map.of("status teleported", 1L, "receipt 39999", 2L));
        }
    }

    @Test
    void whatLooksLikeNoWordAndNoCodeIsNotShown() {
        twilio.answers(200, message("call +447700900123", "\"+447700900123\""));

        LookupAnswer.Found found = (LookupAnswer.Found) lookUp(attempt(SID));
        assertThat(found.receipts().get(0).status()).isEqualTo("unreadable");
        assertThat(found.receipts().get(0).errorCode()).isNull();
        assertThat(found.toString()).doesNotContain("7700900123");
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
        assertThat(lookUp(attempt("../Calls"))).isEqualTo(new LookupAnswer.Unclear("the id is no Twilio message SID"));
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
