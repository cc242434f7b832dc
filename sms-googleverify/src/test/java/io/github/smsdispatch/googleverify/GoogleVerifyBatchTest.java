package io.github.smsdispatch.googleverify;

import static io.github.smsdispatch.googleverify.Accounts.CONFIRMED;
import static io.github.smsdispatch.googleverify.Accounts.batch;
import static io.github.smsdispatch.googleverify.Accounts.error;
import static io.github.smsdispatch.googleverify.Accounts.issued;
import static io.github.smsdispatch.googleverify.Accounts.submission;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Up to ten codes a call. */
class GoogleVerifyBatchTest {
    private static final SubmitOutcome QUOTA = new SubmitOutcome.Refused(
            FailureReason.THROTTLED,
            "quota_exceeded",
            "the realm's quota for the day is used up",
            Duration.ofMinutes(15));

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
    void tenCodesAreAskedForInOneCall() {
        Submission[] ten = IntStream.range(0, 10)
                .mapToObj(i -> submission(AttemptId.create(), "+1202555010" + i, CONFIRMED))
                .toArray(Submission[]::new);
        server.answers(200, Accounts.allIssued(ten));

        assertThat(submit(ten))
                .containsExactlyElementsOf(
                        Arrays.stream(ten).map(GoogleVerifyBatchTest::taken).toList());

        assertThat(server.requests()).isOne();
        TakenRequest request = server.taken();
        assertThat(request.line()).isEqualTo("POST /api/batch-issue");
        JsonNode body = Json.read(request.body());
        assertThat(body.fieldNames()).toIterable().containsExactlyInAnyOrder("codes", "padding");
        assertThat(body.path("codes")).hasSize(10);
        for (int i = 0; i < 10; i++) {
            JsonNode item = body.path("codes").get(i);
            assertThat(item.fieldNames()).toIterable().containsExactlyInAnyOrder("testType", "phone", "uuid");
            assertThat(item.path("uuid").textValue())
                    .isEqualTo(ten[i].reference().toString());
            assertThat(item.path("phone").textValue()).isEqualTo("+1202555010" + i);
        }
    }

    @Test
    void theTraitsSayTen() {
        try (GoogleVerifyProvider provider = Accounts.provider(server)) {
            assertThat(provider.traits().maxBatchSize()).isEqualTo(10);
            assertThat(provider.traits().batchesShareText()).isFalse();
            assertThat(provider.traits().receiptPatience()).isEqualTo(Duration.ofMinutes(15));
            assertThat(provider.traits().absenceProof()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 429, 500})
    void eachItemSpeaksForItselfWhateverTheStatus(int status) {
        Submission[] five = submissions(5);
        server.answers(
                status,
                batch(
                        issued(five[0]),
                        error("quota_exceeded"),
                        error("uuid_already_exists"),
                        error("internal_server_error"),
                        error("phone_number_invalid")));

        assertThat(submit(five))
                .containsExactly(
                        taken(five[0]),
                        QUOTA,
                        taken(five[2]),
                        new SubmitOutcome.Unknown(
                                "internal_server_error", "the server failed, perhaps after it had stored the code"),
                        SubmitOutcome.Refused.because(
                                FailureReason.RECIPIENT, "phone_number_invalid", "the number is not valid"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429, 500, 503})
    void anErrorStatusOverAListWithoutAnErrorIsNoYes(int status) {
        Submission[] two = submissions(2);
        server.answers(status, Accounts.allIssued(two));

        assertThat(submit(two))
                .containsOnly(new SubmitOutcome.Unknown(
                        String.valueOf(status), "answered " + status + " although no item failed"));
    }

    @Test
    void anErrorCodeIsAWordAndNoStatus() {
        server.answers(500, batch(error("401")));

        assertThat(submit(submissions(1)))
                .containsExactly(
                        new SubmitOutcome.Unknown("401", "HTTP status 500 does not tell whether it was taken"));
    }

    @Test
    void anItemWithBothACodeAndAnErrorIsInDoubt() {
        Submission[] one = submissions(1);
        server.answers(400, batch(issued(one[0]).replace("{", "{\"errorCode\":\"missing_date\",")));

        assertThat(submit(one)).containsExactly(new SubmitOutcome.Unknown("400", "answered 400 with a code inside"));
    }

    @Test
    void underASuccessErrorsForAllAreARefusalAndOneAmongOthersIsInDoubt() {
        Submission[] two = submissions(2);
        server.answers(200, batch(error("internal_server_error"), error("internal_server_error")))
                .answers(200, batch(error("internal_server_error"), issued(two[1])));

        assertThat(submit(two))
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.ACCOUNT,
                        "internal_server_error",
                        "the server could not load its SMS provider or its signer: the code is stored, its text was not"
                                + " sent"));
        assertThat(submit(two))
                .containsExactly(new SubmitOutcome.Unknown("200", "answered 200 with an error inside"), taken(two[1]));
    }

    @Test
    void whatAsksForNoCodeIsLeftOutOfTheCall() {
        Submission code = submission(CONFIRMED);
        Submission another = submission(CONFIRMED);
        server.answers(200, Accounts.allIssued(code, another));

        List<SubmitOutcome> outcomes = submit(submission(Map.of()), code, submission(Map.of("case", "17")), another);

        SubmitOutcome refused = SubmitOutcome.Refused.because(
                FailureReason.CONTENT,
                null,
                "not sent: attribute googleverify.test-type is missing: the message was not made for a verification"
                        + " server");
        assertThat(outcomes).containsExactly(refused, taken(code), refused, taken(another));
        assertThat(Json.read(server.takenBody()).path("codes")).hasSize(2);
    }

    @Test
    void ofABatchWithoutAnyCodeNothingIsSent() {
        assertThat(submit(submission(Map.of()), submission(Map.of())))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class));
        assertThat(server.requests()).isZero();
    }

    @Test
    void itemsWithoutACodeAreRefusedWhereTheStatusIsTheirs() {
        Submission[] three = submissions(3);
        String noProvider = "{\"error\":\"phone provided, but no sms provider is configured\"}";
        server.answers(400, batch(noProvider, noProvider, "{\"error\":\"something else\"}"));

        List<SubmitOutcome> outcomes = submit(three);

        assertThat(outcomes.subList(0, 2)).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(FailureReason.ACCOUNT)));
        assertThat(outcomes.get(2)).isEqualTo(new SubmitOutcome.Unknown("400", "an item failed without a code"));
    }

    @Test
    void anItemWithACodeOfALaterVersionIsInDoubtUnlessTheStatusIsItsOwn() {
        server.answers(400, batch(error("phone_number_invalid"), error("teleporter_full"), error("400")))
                .answers(400, batch(error("teleporter_full"), error("teleporter_full"), error("missing_date")));

        List<SubmitOutcome> later = submit(submissions(3));
        List<SubmitOutcome> first = submit(submissions(3));

        String doubt = "an item failed with a code that this version does not know";
        assertThat(later.subList(1, 3))
                .containsExactly(
                        new SubmitOutcome.Unknown("teleporter_full", doubt), new SubmitOutcome.Unknown("400", doubt));
        assertThat(first.get(0))
                .isEqualTo(SubmitOutcome.Refused.because(
                        FailureReason.SENDER, "teleporter_full", "refused with HTTP status 400"));
        assertThat(first.get(1)).isEqualTo(new SubmitOutcome.Unknown("teleporter_full", doubt));
        assertThat(first.get(2))
                .isEqualTo(SubmitOutcome.Refused.because(
                        FailureReason.CONTENT, "missing_date", "the realm wants a symptom date or a test date"));
    }

    @Test
    void itemsWithoutACodeAreInDoubtUnderAServerError() {
        server.answers(500, batch("{\"error\":\"some words\"}"));

        assertThat(submit(submissions(1)))
                .containsExactly(new SubmitOutcome.Unknown("500", "an item failed without a code"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"200; {\"codes\":[]}", "400; {\"codes\":[{\"error\":\"x\"},{},{}]}", "500; {\"codes\":[{}]}"})
    void aListOfAnotherLengthProvesNothing(int status, String body) {
        server.answers(status, body);

        assertThat(submit(submissions(2)))
                .containsOnly(new SubmitOutcome.Unknown(
                        String.valueOf(status), "the answer does not list each of the codes"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "200; ''",
                "200; <html>",
                "200; {}",
                "200; {\"codes\":{}}",
                "200; {\"codes\":null}",
                "409; {\"errorCode\":\"uuid_already_exists\"}",
                "500; {\"error\":\"internal server error\"}",
                "502; <html>",
                "302; {\"codes\":[{},{}]}"
            })
    void whatCannotBeReadItemByItemIsInDoubtForAll(int status, String body) {
        server.answers(status, body);

        assertThat(submit(submissions(2))).hasSize(2).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOf(SubmitOutcome.Unknown.class));
    }

    @Test
    void itemsOfAnotherShapeAreInDoubt() {
        server.answers(200, batch("null", "[]", "17", "{\"uuid\":{},\"code\":[]}"));

        assertThat(submit(submissions(4))).hasSize(4).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOf(SubmitOutcome.Unknown.class));
    }

    @Test
    void aRealmWithoutBulkUploadSaysHowToGoOn() {
        server.answers(400, "{\"error\":\"bulk issuing is not enabled on this realm\"}");

        assertThat(submit(submissions(2)))
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.ACCOUNT,
                        "400",
                        "refused without a code: the realm has no SMS provider, or allows no bulk upload (then set"
                                + " batch to false)"));
    }

    @Test
    void aBatchThatIsRefusedAsAWholeRejectsNobody() {
        server.answers(400, error("unparsable_request")).answers(400, error("unparsable_request"));

        assertThat(submit(submissions(2)))
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.RECIPIENT_BUSY,
                        "unparsable_request",
                        "the batch was refused as a whole, for one of it or for all"));
        assertThat(submit(submissions(1)))
                .containsOnly(SubmitOutcome.Refused.because(
                        FailureReason.CONTENT,
                        "unparsable_request",
                        "the request cannot be read, or asks for what the realm does not allow"));
    }

    @Test
    void maintenanceAndRateLimitsHoldForAll() {
        server.answers(429, error("maintenance_mode")).answers(429, "Too Many Requests", "Retry-After", "9");

        assertThat(submit(submissions(2)))
                .containsOnly(new SubmitOutcome.Refused(
                        FailureReason.THROTTLED,
                        "maintenance_mode",
                        "the server is in maintenance and takes nothing",
                        Duration.ofMinutes(1)));
        assertThat(submit(submissions(2)))
                .containsOnly(new SubmitOutcome.Refused(
                        FailureReason.THROTTLED, "429", "refused with HTTP status 429", Duration.ofSeconds(9)));
    }

    @Test
    void aServerThatIsNotThereRefusesAll() {
        server.close();

        assertThat(submit(submissions(3))).hasSize(3).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(FailureReason.UNAVAILABLE)));
    }

    private List<SubmitOutcome> submit(Submission... batch) {
        try (GoogleVerifyProvider provider = Accounts.provider(server)) {
            return provider.submit(List.of(batch));
        }
    }

    private static Submission[] submissions(int count) {
        return IntStream.range(0, count).mapToObj(i -> submission(CONFIRMED)).toArray(Submission[]::new);
    }

    private static SubmitOutcome taken(Submission submission) {
        return SubmitOutcome.Accepted.as(submission.reference().toString());
    }
}
