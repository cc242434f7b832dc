package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import io.github.smsdispatch.testkit.provider.TestSubmissions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSubmitTest {
    private static final String SID = "SM" + "00112233445566778899aabbccddeeff";
    private static final String SERVICE = "MG" + "0123456789abcdef".repeat(2);
    private static final String YES =
            """
            {"sid":"%s","status":"queued","num_segments":"2","price":null,"price_unit":"USD","error_code":null}"""
                    .formatted(SID);

    private AnsweringServer twilio;

    @BeforeEach
    void startServer() {
        twilio = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        twilio.close();
    }

    @Test
    void aMessageIsPostedToTheAccountWithBasicAuth() throws Exception {
        twilio.answers(201, YES);

        SubmitOutcome outcome = submit(Accounts.provider(twilio), TestSubmissions.of("Grüße + 100 % & mehr"));

        assertThat(outcome).isEqualTo(new SubmitOutcome.Accepted(List.of(SID), 2, null));
        TakenRequest request = twilio.taken();
        assertThat(request.line()).isEqualTo("POST /2010-04-01/Accounts/" + Accounts.ACCOUNT_SID + "/Messages.json");
        assertThat(request.header("Authorization")).isEqualTo(basic(Accounts.ACCOUNT_SID + ":" + Accounts.AUTH_TOKEN));
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        Form form = Form.decode(request.body());
        assertThat(form.first("To")).contains("+447700900123");
        assertThat(form.first("From")).contains(Accounts.FROM);
        assertThat(form.first("Body")).contains("Grüße + 100 % & mehr");
        assertThat(form.first("ValidityPeriod")).contains("3600");
        assertThat(form.first("StatusCallback")).isEmpty();
    }

    @Test
    void anApiKeySignsInForTheAccount() throws Exception {
        twilio.answers(201, YES);
        String key = "SK" + "0123456789abcdef".repeat(2);

        submit(
                Accounts.provider(twilio, "api-key-sid", key, "api-key-secret", "key-secret"),
                TestSubmissions.of("Hello"));

        TakenRequest request = twilio.taken();
        assertThat(request.target()).contains(Accounts.ACCOUNT_SID);
        assertThat(request.header("Authorization")).isEqualTo(basic(key + ":key-secret"));
    }

    @Test
    void theCallbackUrlCarriesOurReference() throws Exception {
        twilio.answers(201, YES);
        Submission submission = TestSubmissions.of("Hello");

        submit(Accounts.provider(twilio, "callback-url", "https://example.com/cb?tenant=7#rc=2"), submission);

        assertThat(Form.decode(twilio.takenBody()).first("StatusCallback"))
                .contains("https://example.com/cb?tenant=7&ref=" + submission.reference() + "#rc=2");
    }

    @Test
    void aMessagesOwnSenderStandsAlone() throws Exception {
        twilio.answers(201, YES);

        submit(
                Accounts.provider(twilio, "messaging-service-sid", SERVICE),
                TestSubmissions.of("Hello", Sender.of("AcmeInc")));

        Form form = Form.decode(twilio.takenBody());
        assertThat(form.first("From")).contains("AcmeInc");
        assertThat(form.first("MessagingServiceSid")).isEmpty();
    }

    @Test
    void aMessagingServiceGoesTogetherWithTheDefaultSender() throws Exception {
        twilio.answers(201, YES);

        submit(Accounts.provider(twilio, "messaging-service-sid", SERVICE), TestSubmissions.of("Hello"));

        Form form = Form.decode(twilio.takenBody());
        assertThat(form.first("MessagingServiceSid")).contains(SERVICE);
        assertThat(form.first("From")).contains(Accounts.FROM);
    }

    @ParameterizedTest
    @CsvSource({"PT0.5S, 1", "PT1M, 60", "PT10H, 36000", "PT48H, 36000", "PT9223372036854775807S, 36000"})
    void theValidityGoesInWholeSecondsWithinWhatTwilioTakes(Duration validity, String seconds) throws Exception {
        twilio.answers(201, YES);

        submit(Accounts.provider(twilio), TestSubmissions.of("Hello", validity));

        assertThat(Form.decode(twilio.takenBody()).first("ValidityPeriod")).contains(seconds);
    }

    @Test
    void aTextThatReadsNullIsSent() throws Exception {
        twilio.answers(201, YES);

        submit(Accounts.provider(twilio), TestSubmissions.of("null"));

        assertThat(Form.decode(twilio.takenBody()).first("Body")).contains("null");
    }

    @Test
    void aPriceIsACost() {
        twilio.answers(
                201, "{\"sid\":\"" + SID + "\",\"num_segments\":\"1\",\"price\":\"-0.0075\",\"price_unit\":\"USD\"}");

        assertThat(submit(Accounts.provider(twilio), TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Accepted(
                        List.of(SID),
                        1,
                        new SubmitOutcome.Cost(new BigDecimal("0.0075"), Currency.getInstance("USD"))));
    }

    static List<String> absurdPrices() {
        return List.of("9".repeat(200), "-1e-300000000", "-1e300000000");
    }

    @ParameterizedTest
    @MethodSource("absurdPrices")
    void aPriceThatNobodyCanReckonWithIsNoCost(String price) {
        twilio.answers(201, "{\"sid\":\"" + SID + "\",\"price\":\"" + price + "\",\"price_unit\":\"USD\"}");

        assertThat(submit(Accounts.provider(twilio), TestSubmissions.of("Hello")))
                .isEqualTo(SubmitOutcome.Accepted.as(SID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sid\":\"%s\"}",
                "{\"sid\":\"%s\",\"num_segments\":\"many\",\"price\":\"free\",\"price_unit\":\"beer\"}",
                "{\"sid\":\"%s\",\"num_segments\":null,\"price\":[],\"status\":\"a new word\",\"extra\":{}}"
            })
    void aSidIsAllItTakesToBeAccepted(String body) {
        twilio.answers(201, body.formatted(SID));

        assertThat(submit(Accounts.provider(twilio), TestSubmissions.of("Hello")))
                .isEqualTo(SubmitOutcome.Accepted.as(SID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sid\":null}",
                "{\"sid\":\"\"}",
                "{\"sid\":[\"SM1\"]}",
                "{\"sid\":\"+447700900123\"}",
                "{\"status\":\"queued\"}",
                "[]",
                "null"
            })
    void aYesWithoutASidIsUnknown(String body) {
        twilio.answers(201, body);

        assertThat(submit(Accounts.provider(twilio), TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Unknown("201", "answered 201 without a message SID"));
    }

    static List<String> codes() {
        return TwilioAnswers.CODES.rows().stream()
                .filter(row -> row.kind() == CodeTable.Kind.SUBMIT)
                .map(CodeTable.Row::code)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeOfTheTableLeadsToItsReason(String code) {
        var row = TwilioAnswers.CODES.find(CodeTable.Kind.SUBMIT, code).orElseThrow();
        twilio.answers(400, "{\"code\":" + code + ",\"message\":\"+447700900123 is bad\",\"status\":400}");

        SubmitOutcome outcome = submit(Accounts.provider(twilio), TestSubmissions.of("Hello"));

        assertThat(outcome)
                .isEqualTo(
                        row.reason() == null
                                ? new SubmitOutcome.Unknown(code, row.meaning())
                                : SubmitOutcome.Refused.because(row.reason(), code, row.meaning()));
    }

    @ParameterizedTest
    @CsvSource({
        "21211, RECIPIENT",
        "21610, OPTED_OUT",
        "21408, DESTINATION",
        "21606, SENDER",
        "21617, CONTENT",
        "20003, ACCOUNT",
        "20429, THROTTLED",
        "21611, THROTTLED",
        "63038, THROTTLED"
    })
    void theCodesThatMatterMostMeanWhatTwilioSays(String code, FailureReason reason) {
        assertThat(TwilioAnswers.CODES
                        .find(CodeTable.Kind.SUBMIT, code)
                        .orElseThrow()
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"400, SENDER", "401, ACCOUNT", "404, ACCOUNT", "429, THROTTLED"})
    void anUnknownCodeIsKeptAndGoesByItsStatus(int status, FailureReason reason) {
        twilio.answers(status, "{\"code\":29999,\"status\":" + status + "}");

        assertThat(submit(Accounts.provider(twilio), TestSubmissions.of("Hello")))
                .isEqualTo(SubmitOutcome.Refused.because(reason, "29999", "refused with HTTP status " + status));
    }

    @Test
    void unknownCodesAreCountedOfEachAccount() {
        twilio.answers(400, "{\"code\":29999}").answers(400, "{\"code\":29999}").answers(400, "{\"code\":21211}");

        try (TwilioProvider provider = Accounts.provider(twilio);
                TwilioProvider other = Accounts.provider(twilio)) {
            for (int i = 0; i < 3; i++) {
                provider.submit(List.of(TestSubmissions.of("Hello")));
            }

            assertThat(provider.unknownCodes()).isEqualTo(Map.of("submit 29999", 2L));
            assertThat(other.unknownCodes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+447700900123", "447700900123", "Geheimnis", "Hello you"})
    void whatDoesNotLookLikeACodeIsNotShown(String code) {
        twilio.answers(400, "{\"code\":\"" + code + "\"}");

        assertThat(submit(Accounts.provider(twilio), TestSubmissions.of("Hello")))
                .isEqualTo(SubmitOutcome.Refused.because(FailureReason.SENDER, "400", "refused with HTTP status 400"));
    }

    @Test
    void aKnownCodeUnderAServerErrorProvesNothing() {
        twilio.answers(500, "{\"code\":21211,\"status\":500}");

        assertThat(submit(Accounts.provider(twilio), TestSubmissions.of("Hello")))
                .isInstanceOf(SubmitOutcome.Unknown.class);
    }

    @Test
    void theWaitOfAThrottledAnswerIsPassedOn() {
        twilio.answers(429, "{\"code\":20429}", "Retry-After", "3");

        assertThat(submit(Accounts.provider(twilio), TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Refused(
                        FailureReason.THROTTLED,
                        "20429",
                        "too many concurrent requests; this one was not processed",
                        Duration.ofSeconds(3)));
    }

    @Test
    void whatItCannotCarryIsKnownBefore() {
        var traits = Accounts.provider(twilio, "absence-proof", "never").traits();

        assertThat(traits.maxBatchSize()).isEqualTo(1);
        assertThat(traits.maxTextLength()).isEqualTo(1_600);
        assertThat(traits.maxValidity()).isEqualTo(Duration.ofHours(10));
        assertThat(traits.receiptsPerPart()).isFalse();
        assertThat(traits.absenceProof()).isEmpty();
        assertThat(Accounts.provider(twilio).traits().absenceProof()).contains(Duration.ofMinutes(10));
    }

    private static SubmitOutcome submit(TwilioProvider provider, Submission submission) {
        try (provider) {
            return provider.submit(List.of(submission)).get(0);
        }
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
