package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VonageLookupTest {
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
    void manyAttemptsAreAskedForInOneReport() throws Exception {
        vonage.answers(200, report(record("0A02", "delivered"), record("0A01", "failed")));

        List<LookupAnswer> answers = lookUp(attempt("0A01"), attempt("0A02"), attempt("0A03"));

        assertThat(states(answers.get(0))).containsExactly(ReceiptState.UNDELIVERED);
        assertThat(states(answers.get(1))).containsExactly(ReceiptState.DELIVERED);
        assertThat(answers.get(2)).isEqualTo(new LookupAnswer.Absent());
        TakenRequest request = vonage.taken();
        assertThat(request.line()).startsWith("GET /v2/reports/records?");
        assertThat(request.header("Authorization")).startsWith("Basic ");
        Form query = Form.queryOf(request.target());
        assertThat(query.first("account_id")).contains(Accounts.API_KEY);
        assertThat(query.first("product")).contains("SMS");
        assertThat(query.first("direction")).contains("outbound");
        assertThat(query.first("id")).contains("0A01,0A02,0A03");
    }

    @Test
    void aPartThatIsReportedOnIsAReceiptOfItsOwn() {
        vonage.answers(200, report(record("0A01", "delivered"), record("0A02", "buffered")));

        assertThat(states(lookUp(attempt("0A01", "0A02", "0A03")).get(0)))
                .containsExactly(ReceiptState.DELIVERED, ReceiptState.ENROUTE);
    }

    @Test
    void moreThanTwentyIdsAreAskedForInSeveralReports() throws Exception {
        vonage.answers(200, report(record("ID0", "delivered")));
        vonage.answers(200, report(record("ID20", "delivered")));
        String[] ids = IntStream.range(0, 21).mapToObj(i -> "ID" + i).toArray(String[]::new);

        assertThat(states(lookUp(attempt(ids)).get(0))).hasSize(2);
        assertThat(Form.queryOf(vonage.taken().target())
                        .first("id")
                        .orElseThrow()
                        .split(","))
                .hasSize(20);
        assertThat(Form.queryOf(vonage.taken().target()).first("id")).contains("ID20");
    }

    @Test
    void aReceiptHasTheReferenceTheErrorAndTheTime() {
        AttemptId reference = AttemptId.create();
        vonage.answers(
                200,
                report("{\"message_id\":\"0A01\",\"status\":\"failed\",\"error_code\":\"2\",\"client_ref\":\""
                        + reference + "\",\"date_finalized\":\"2026-11-21T10:00:05+0000\"}"));

        assertThat(lookUp(attempt("0A01")).get(0))
                .isEqualTo(new LookupAnswer.Found(List.of(new Receipt(
                        ProviderAccount.of("vonage"),
                        "0A01",
                        reference,
                        ReceiptState.UNDELIVERED,
                        "failed",
                        "2",
                        FailureReason.UNAVAILABLE,
                        Instant.parse("2026-11-21T10:00:05Z")))));
    }

    @ParameterizedTest
    @CsvSource({
        "submitted, ENROUTE",
        "accepted, ENROUTE",
        "buffered, ENROUTE",
        "delivered, DELIVERED",
        "expired, UNKNOWN",
        "failed, UNDELIVERED",
        "rejected, UNDELIVERED",
        "deleted, UNDELIVERED",
        "unknown, UNKNOWN",
        "teleported, UNKNOWN"
    })
    void aStatusIsTranslated(String word, ReceiptState state) {
        vonage.answers(200, report(record("0A01", word)));

        assertThat(states(lookUp(attempt("0A01")).get(0))).containsExactly(state);
    }

    @Test
    void aTruncatedReportProvesNoAbsenceButWhatItHoldsCounts() {
        vonage.answers(200, report(record("0A01", "delivered")).replace("SUCCESS", "TRUNCATED"));

        List<LookupAnswer> answers = lookUp(attempt("0A01"), attempt("0A02"));

        assertThat(states(answers.get(0))).containsExactly(ReceiptState.DELIVERED);
        assertThat(answers.get(1)).isEqualTo(new LookupAnswer.Unclear("the report is not complete"));
    }

    @Test
    void anAccountWithoutReportsFailsAndSaysSo() {
        vonage.answers(403, "{\"title\":\"Forbidden\"}");

        assertThat(lookUp(attempt("0A01"), attempt("0A02")))
                .containsOnly(new LookupAnswer.Failed("403", "answered 403", null));
    }

    @Test
    void theWaitOfAThrottledAnswerIsPassedOn() {
        vonage.answers(429, "", "Retry-After", "3");

        assertThat(lookUp(attempt("0A01")).get(0))
                .isEqualTo(new LookupAnswer.Failed("429", "answered 429", Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"''", "<html>", "{}", "{\"records\":{},\"request_status\":\"SUCCESS?\"}"})
    void anAnswerThatIsNoReportProvesNothing(String body) {
        vonage.answers(200, body);

        assertThat(lookUp(attempt("0A01")).get(0)).isInstanceOf(LookupAnswer.Failed.class);
    }

    @Test
    void twentyAttemptsFitIntoOneCall() {
        assertThat(Accounts.provider(vonage).maxLookupBatch()).isEqualTo(20);
    }

    private List<LookupAnswer> lookUp(SentAttempt... attempts) {
        try (VonageProvider provider = Accounts.provider(vonage)) {
            return provider.lookUp(List.of(attempts));
        }
    }

    private static List<ReceiptState> states(LookupAnswer answer) {
        assertThat(answer).isInstanceOf(LookupAnswer.Found.class);
        return ((LookupAnswer.Found) answer)
                .receipts().stream().map(Receipt::state).toList();
    }

    private static SentAttempt attempt(String... ids) {
        return new SentAttempt(
                AttemptId.create(),
                List.of(ids),
                PhoneNumber.parse("+447700900123"),
                Instant.parse("2026-11-21T10:00:00Z"));
    }

    private static String record(String id, String status) {
        return "{\"message_id\":\"" + id + "\",\"status\":\"" + status + "\",\"error_code\":\"0\"}";
    }

    private static String report(String... records) {
        return "{\"request_status\":\"SUCCESS\",\"records\":[" + String.join(",", records) + "]}";
    }
}
