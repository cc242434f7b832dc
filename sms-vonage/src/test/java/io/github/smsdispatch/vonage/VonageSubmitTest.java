package io.github.smsdispatch.vonage;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageSubmitTest {
    private static final String OK_1 = "{\"status\":\"0\",\"message-id\":\"0A01\",\"to\":\"447700900123\"}";
    private static final String OK_2 = "{\"status\":\"0\",\"message-id\":\"0A02\",\"to\":\"447700900123\"}";
    private static final String THROTTLED = "{\"status\":\"1\",\"error-text\":\"Throughput Rate Exceeded\"}";

    private AnsweringServer vonage;

    @BeforeEach
    void startServer() {
        vonage = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        vonage.close();
    }

    @Test
    void aMessageIsPostedAsAFormWithBasicAuthAndOurReference() throws Exception {
        vonage.answers(200, answer(OK_1));
        Submission submission = TestSubmissions.of("50 % off + more & more");

        SubmitOutcome outcome = submit(
                Accounts.provider(vonage, "callback-url", "https://example.com/cb", "signature-secret", "hunter2"),
                submission);

        assertThat(outcome).isEqualTo(new SubmitOutcome.Accepted(List.of("0A01"), 1, null));
        TakenRequest request = vonage.taken();
        assertThat(request.line()).isEqualTo("POST /sms/json");
        assertThat(request.header("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString((Accounts.API_KEY + ":" + Accounts.API_SECRET)
                                        .getBytes(StandardCharsets.UTF_8)));
        Form form = Form.decode(request.body());
        assertThat(form.first("to")).contains("447700900123");
        assertThat(form.first("from")).contains("AcmeInc");
        assertThat(form.first("text")).contains("50 % off + more & more");
        assertThat(form.first("type")).contains("text");
        assertThat(form.first("client-ref")).contains(submission.reference().toString());
        assertThat(form.first("ttl")).contains("3600000");
        assertThat(form.first("callback")).contains("https://example.com/cb");
        assertThat(form.first("api_secret")).isEmpty();
    }

    @Test
    void aTextBeyondGsm7IsSentAsUnicode() throws Exception {
        vonage.answers(200, answer(OK_1));

        submit(Accounts.provider(vonage), TestSubmissions.of("Привет ✓"));

        Form form = Form.decode(vonage.takenBody());
        assertThat(form.first("type")).contains("unicode");
        assertThat(form.first("text")).contains("Привет ✓");
    }

    @Test
    void aSenderThatIsANumberLosesItsPlus() throws Exception {
        vonage.answers(200, answer(OK_1));

        submit(Accounts.provider(vonage), TestSubmissions.of("Hello", Sender.of("+447700900999")));

        assertThat(Form.decode(vonage.takenBody()).first("from")).contains("447700900999");
    }

    @ParameterizedTest
    @CsvSource({"PT1S, 20000", "PT20S, 20000", "PT21S, 21000", "P7D, 604800000", "P8D, 604800000"})
    void theValidityIsWithinWhatVonageTakes(Duration validity, String millis) throws Exception {
        vonage.answers(200, answer(OK_1));

        submit(Accounts.provider(vonage), TestSubmissions.of("Hello", validity));

        assertThat(Form.decode(vonage.takenBody()).first("ttl")).contains(millis);
    }

    @Test
    void allPartsTakenIsAcceptedWithAllIds() {
        vonage.answers(200, answer(OK_1, OK_2));

        assertThat(submit(Accounts.provider(vonage), TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Accepted(List.of("0A01", "0A02"), 2, null));
    }

    @Test
    void someTakenAndSomeRefusedIsUnknown() {
        vonage.answers(200, answer(OK_1, THROTTLED));

        assertThat(submit(Accounts.provider(vonage), TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Unknown(
                        "1",
                        "taken in part: 1 of 2 parts; the first failure: over the account's request rate; not taken"));
    }

    @Test
    void allRefusedIsRefusedAsTheFirst() {
        vonage.answers(200, answer("{\"status\":\"9\"}", THROTTLED));

        assertThat(submit(Accounts.provider(vonage), TestSubmissions.of("Hello")))
                .isEqualTo(SubmitOutcome.Refused.because(FailureReason.ACCOUNT, "9", "not enough credit"));
    }

    @Test
    void oneDoubtfulPartMakesAllOfItDoubtful() {
        vonage.answers(200, answer("{\"status\":\"9\"}", "{\"status\":\"5\"}"));

        assertThat(submit(Accounts.provider(vonage), TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Unknown("5", "internal error while processing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message-count\":\"0\",\"messages\":[]}",
                "{\"message-count\":\"1\"}",
                "{\"messages\":null}",
                "{\"message-count\":\"2\",\"messages\":[{\"status\":\"0\",\"message-id\":\"0A01\"}]}",
                "{\"message-count\":\"1\",\"messages\":[{\"status\":\"0\"}]}",
                "{\"message-count\":\"1\",\"messages\":[{\"status\":\"0\",\"message-id\":\"\"}]}",
                "{\"message-count\":\"1\",\"messages\":[{\"message-id\":\"0A01\"}]}",
                "{\"message-count\":\"1\",\"messages\":[7]}"
            })
    void aYesThatLeavesOutAPartOrAnIdIsUnknown(String body) {
        vonage.answers(200, body);

        assertThat(submit(Accounts.provider(vonage), TestSubmissions.of("Hello")))
                .isInstanceOf(SubmitOutcome.Unknown.class);
    }

    @Test
    void theStatusMayBeANumber() {
        vonage.answers(200, answer("{\"status\":0,\"message-id\":\"0A01\"}"));

        assertThat(submit(Accounts.provider(vonage), TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Accepted(List.of("0A01"), 1, null));
    }

    static List<String> codes() {
        return Codes.table(Api.SMS).rows().stream()
                .filter(row -> row.kind() == CodeTable.Kind.SUBMIT && !row.isAccepted())
                .map(CodeTable.Row::code)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeOfTheTableLeadsToItsReason(String code) {
        var row = Codes.table(Api.SMS).find(CodeTable.Kind.SUBMIT, code).orElseThrow();
        vonage.answers(200, answer("{\"status\":\"" + code + "\",\"error-text\":\"447700900123 is bad\"}"));

        assertThat(submit(Accounts.provider(vonage), TestSubmissions.of("Hello")))
                .isEqualTo(
                        row.reason() == null
                                ? new SubmitOutcome.Unknown(code, row.meaning())
                                : SubmitOutcome.Refused.because(row.reason(), code, row.meaning()));
    }

    @ParameterizedTest
    @CsvSource({
        "1, THROTTLED",
        "3, CONTENT",
        "4, ACCOUNT",
        "7, OPTED_OUT",
        "9, ACCOUNT",
        "10, THROTTLED",
        "15, SENDER",
        "17, CONTENT",
        "29, DESTINATION",
        "33, RECIPIENT"
    })
    void theCodesThatMatterMostMeanWhatVonageSays(String code, FailureReason reason) {
        assertThat(Codes.table(Api.SMS)
                        .find(CodeTable.Kind.SUBMIT, code)
                        .orElseThrow()
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99", "1234", "abc", "-1", "447700900123"})
    void anUnknownStatusIsUnknownAndShowsNothingButACode(String status) {
        vonage.answers(200, answer("{\"status\":\"" + status + "\"}"));

        SubmitOutcome outcome = submit(Accounts.provider(vonage), TestSubmissions.of("Hello"));

        assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
        assertThat(outcome.toString()).doesNotContain("7700900123");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Throughput Rate Exceeded - please wait [ 250 ] and retry; PT0.25S",
                "please wait [5] and retry; PT0.005S",
                "please wait [ 60000 ]; PT1M",
                "please wait [ 999999999 ]; PT1M"
            })
    void theWaitOfAThrottledPartIsInMillisecondsAndAMinuteAtMost(String errorText, Duration wait) {
        vonage.answers(200, answer("{\"status\":\"1\",\"error-text\":\"" + errorText + "\"}"));

        assertThat(submit(Accounts.provider(vonage), TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Refused(
                        FailureReason.THROTTLED, "1", "over the account's request rate; not taken", wait));
    }

    @Test
    void whatItCannotCarryIsKnownBefore() {
        var traits = Accounts.provider(vonage, "absence-proof", "never").traits();

        assertThat(traits.maxBatchSize()).isEqualTo(1);
        assertThat(traits.maxTextLength()).isEqualTo(3_200);
        assertThat(traits.maxValidity()).isEqualTo(Duration.ofDays(7));
        assertThat(traits.receiptsPerPart()).isTrue();
        assertThat(traits.absenceProof()).isEmpty();
        assertThat(Accounts.provider(vonage).traits().absenceProof()).contains(Duration.ofHours(1));
    }

    private static SubmitOutcome submit(VonageProvider provider, Submission submission) {
        try (provider) {
            return provider.submit(List.of(submission)).get(0);
        }
    }

    private static String answer(String... parts) {
        return "{\"message-count\":\"" + parts.length + "\",\"messages\":[" + String.join(",", parts) + "]}";
    }
}
