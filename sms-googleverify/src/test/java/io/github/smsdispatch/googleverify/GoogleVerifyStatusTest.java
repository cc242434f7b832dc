package io.github.smsdispatch.googleverify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleVerifyStatusTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant ENDED = STARTED.plusSeconds(10);
    private static final AttemptId REFERENCE = AttemptId.create();
    private static final String NOT_FOUND =
            "{\"error\":\"code not found, it may have expired and been removed\",\"errorCode\":\"code_not_found\"}";

    private Instant now = STARTED.plus(Duration.ofMinutes(20));
    private AnsweringServer server;

    @BeforeEach
    void startServer() {
        server = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void theServerIsAskedForOurReference() {
        server.answers(200, status(true));

        lookUp();

        TakenRequest request = server.taken();
        assertThat(request.line()).isEqualTo("POST /api/checkcodestatus");
        assertThat(request.header("X-API-Key")).isEqualTo(Accounts.API_KEY);
        JsonNode body = Json.read(request.body());
        assertThat(body.fieldNames()).toIterable().containsExactlyInAnyOrder("uuid", "padding");
        assertThat(body.path("uuid").textValue()).isEqualTo(REFERENCE.toString());
    }

    @Test
    void aCodeThatWasUsedHasArrived() {
        server.answers(200, status(true)).answers(200, status(true));

        assertThat(lookUp()).isEqualTo(found("claimed", ReceiptState.DELIVERED));
        assertThat(find()).isEqualTo(found("claimed", ReceiptState.DELIVERED));
    }

    @Test
    void aCodeThatMayYetBeUsedIsUnderWay() {
        server.answers(200, status(false));

        assertThat(lookUp()).isEqualTo(found("unclaimed", ReceiptState.ENROUTE));
    }

    @Test
    void theCodeInTheLinkCountsAsItLivesLonger() {
        now = now.plus(Duration.ofHours(23));
        server.answers(200, status(false)).answers(200, status(false));

        assertThat(lookUp()).isEqualTo(found("unclaimed", ReceiptState.ENROUTE));
        now = now.plus(Duration.ofHours(1));
        assertThat(lookUp()).isEqualTo(found("expired", ReceiptState.UNKNOWN));
    }

    @Test
    void ofACodeThatWasNotUsedInTimeNobodyKnowsWhetherItArrived() {
        now = now.plus(Duration.ofDays(2));
        server.answers(200, status(false)).answers(200, status(false));

        assertThat(lookUp()).isEqualTo(found("expired", ReceiptState.UNKNOWN));
        assertThat(find()).isEqualTo(found("expired", ReceiptState.UNKNOWN));
    }

    @Test
    void aCodeThatTheServerDoesNotKnowIsAbsent() {
        server.answers(404, NOT_FOUND).answers(404, NOT_FOUND);

        assertThat(lookUp()).isEqualTo(new LookupAnswer.Absent());
        assertThat(find()).isEqualTo(new LookupAnswer.Absent());
    }

    @Test
    void whatTheServerMayHaveForgottenIsNotAbsent() {
        server.answers(404, NOT_FOUND).answers(404, NOT_FOUND).answers(404, NOT_FOUND);

        now = STARTED.plus(Duration.ofDays(14)).minus(Duration.ofHours(1)).minusSeconds(1);
        assertThat(find()).isEqualTo(new LookupAnswer.Absent());
        now = now.plus(Duration.ofSeconds(1));
        var forgotten =
                new LookupAnswer.Unclear("the server has forgotten what was that long ago: its absence proves nothing");
        assertThat(find()).isEqualTo(forgotten);
        assertThat(lookUp()).isEqualTo(forgotten);
    }

    @Test
    void howLongTheServerRemembersIsASetting() {
        server.answers(404, NOT_FOUND);

        try (GoogleVerifyProvider provider = Accounts.provider(server, () -> now, "status-retention", "PT1H")) {
            assertThat(provider.find(doubt())).isInstanceOf(LookupAnswer.Unclear.class);
        }
    }

    @Test
    void whileTheServerMayStillBeAtItAStoredCodeProvesNothing() {
        server.answers(200, status(false))
                .answers(200, status(false))
                .answers(200, status(false))
                .answers(200, status(true));

        now = ENDED.plusSeconds(12);
        assertThat(find()).isEqualTo(new LookupAnswer.Unclear("the code is stored, but its text may not be sent yet"));
        now = ENDED.minusSeconds(5); // a clock that is behind the store's
        assertThat(find()).isEqualTo(new LookupAnswer.Unclear("the code is stored, but its text may not be sent yet"));
        now = ENDED.plusSeconds(30);
        assertThat(find()).isEqualTo(found("unclaimed", ReceiptState.ENROUTE));
        now = ENDED.plusSeconds(1);
        assertThat(find()).isEqualTo(found("claimed", ReceiptState.DELIVERED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "404; ''",
                "404; <html>",
                "404; {\"error\":\"not found\"}",
                "404; {\"errorCode\":\"other\"}",
                "401; {\"errorCode\":\"code_user_unauthorized\"}",
                "400; {\"errorCode\":\"code_not_found\"}",
                "500; {\"errorCode\":\"internal_server_error\"}",
                "302; ''"
            })
    void anyOtherAnswerProvesNothing(int status, String body) {
        server.answers(status, body);

        assertThat(find()).isEqualTo(new LookupAnswer.Failed(String.valueOf(status), "answered " + status, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"claimed\":\"true\"}",
                "{\"claimed\":1}",
                "{\"claimed\":true,\"error\":\"some words\"}"
            })
    void anAnswerThatDoesNotSayWhetherTheCodeWasUsedProvesNothing(String body) {
        server.answers(200, body);

        assertThat(lookUp())
                .isEqualTo(new LookupAnswer.Failed("200", "the answer does not say whether the code was used", null));
    }

    @Test
    void theWaitOfARateLimitIsPassedOn() {
        server.answers(429, "Too Many Requests", "Retry-After", "33");

        assertThat(lookUp()).isEqualTo(new LookupAnswer.Failed("429", "answered 429", Duration.ofSeconds(33)));
    }

    private LookupAnswer lookUp() {
        try (GoogleVerifyProvider provider = Accounts.provider(server, () -> now)) {
            assertThat(provider.maxLookupBatch()).isOne();
            List<LookupAnswer> answers = provider.lookUp(List.of(new SentAttempt(
                    REFERENCE, List.of(REFERENCE.toString()), PhoneNumber.parse("+12025550123"), STARTED)));
            assertThat(answers).hasSize(1);
            return answers.get(0);
        }
    }

    private LookupAnswer find() {
        try (GoogleVerifyProvider provider = Accounts.provider(server, () -> now)) {
            return provider.find(doubt());
        }
    }

    private static DoubtfulAttempt doubt() {
        String text = CodeRequest.TEXT_OF_THE_SERVER;
        return new DoubtfulAttempt(
                REFERENCE, PhoneNumber.parse("+12025550123"), null, text, Segments.of(text), STARTED, ENDED);
    }

    private static LookupAnswer found(String word, ReceiptState state) {
        return new LookupAnswer.Found(List.of(new Receipt(
                ProviderAccount.of("googleverify"), REFERENCE.toString(), REFERENCE, state, word, null, null)));
    }

    /** The short code lives for 15 minutes, that in the link for a day. */
    private static String status(boolean claimed) {
        return "{\"claimed\":" + claimed + ",\"expiresAtTimestamp\":"
                + STARTED.plus(Duration.ofMinutes(15)).getEpochSecond() + ",\"longExpiresAtTimestamp\":"
                + STARTED.plus(Duration.ofHours(24)).getEpochSecond() + ",\"padding\":\"c2l6ZQ==\"}";
    }
}
