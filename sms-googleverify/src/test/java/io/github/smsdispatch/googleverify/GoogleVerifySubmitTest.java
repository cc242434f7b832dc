package io.github.smsdispatch.googleverify;

import static io.github.smsdispatch.googleverify.Accounts.CONFIRMED;
import static io.github.smsdispatch.googleverify.Accounts.error;
import static io.github.smsdispatch.googleverify.Accounts.issued;
import static io.github.smsdispatch.googleverify.Accounts.submission;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A code for each call, {@code batch} set to false. */
class GoogleVerifySubmitTest {
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
    void aCodeIsAskedForWithOurReferenceAndWhatTheAttributesSay() {
        Submission submission = submission(Map.of(
                CodeRequest.TEST_TYPE, "confirmed",
                CodeRequest.SYMPTOM_DATE, "2026-11-17",
                CodeRequest.TEST_DATE, "2026-11-19",
                CodeRequest.TZ_OFFSET, "-300",
                CodeRequest.SMS_TEMPLATE, "Second shift",
                CodeRequest.EXTERNAL_ISSUER_ID, "a1b2c3"));
        server.answers(200, issued(submission));

        assertThat(submit(submission))
                .isEqualTo(SubmitOutcome.Accepted.as(submission.reference().toString()));

        TakenRequest request = server.taken();
        assertThat(request.line()).isEqualTo("POST /api/issue");
        assertThat(request.header("X-API-Key")).isEqualTo(Accounts.API_KEY);
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Accept")).isEqualTo("application/json");
        JsonNode body = Json.read(request.body());
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "testType",
                        "phone",
                        "uuid",
                        "symptomDate",
                        "testDate",
                        "tzOffset",
                        "smsTemplateLabel",
                        "externalIssuerID",
                        "padding");
        assertThat(body.path("testType").textValue()).isEqualTo("confirmed");
        assertThat(body.path("phone").textValue()).isEqualTo("+12025550123");
        assertThat(body.path("uuid").textValue())
                .isEqualTo(submission.reference().toString());
        assertThat(body.path("symptomDate").textValue()).isEqualTo("2026-11-17");
        assertThat(body.path("testDate").textValue()).isEqualTo("2026-11-19");
        assertThat(body.path("tzOffset").intValue()).isEqualTo(-300);
        assertThat(body.path("smsTemplateLabel").textValue()).isEqualTo("Second shift");
        assertThat(body.path("externalIssuerID").textValue()).isEqualTo("a1b2c3");
        assertThat(Base64.getDecoder().decode(body.path("padding").textValue())).hasSizeBetween(1, 1_024);
    }

    @Test
    void paddingVariesInLength() {
        var lengths = new HashSet<Integer>();
        for (int i = 0; i < 20; i++) {
            Submission submission = submission(CONFIRMED);
            server.answers(200, issued(submission));
            submit(submission);
            String padding = Json.read(server.takenBody()).path("padding").textValue();
            lengths.add(Base64.getDecoder().decode(padding).length);
        }

        // That 20 draws of 341 lengths are all alike happens once in 10^48 runs.
        assertThat(lengths).hasSizeGreaterThan(1).allSatisfy(length -> assertThat(length)
                .isBetween(1, 1_024));
    }

    @Test
    void whatIsNotAskedForIsLeftOutAsAnOlderServerRefusesFieldsItDoesNotKnow() {
        Submission submission = submission(CONFIRMED);
        server.answers(200, issued(submission));

        submit(submission);

        assertThat(Json.read(server.takenBody()).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("testType", "phone", "uuid", "padding");
    }

    @ParameterizedTest
    @CsvSource({"case, 17", "googleverify.test-date, 2026-11-19", "googleverify.test-type, positive"})
    void aMessageThatWasMadeForAnotherProviderIsRefusedAndNothingIsSent(String name, String value) {
        SubmitOutcome outcome = submit(submission(Map.of(name, value)));

        assertThat(outcome).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(FailureReason.CONTENT);
            assertThat(refused.detail()).startsWith("not sent: attribute googleverify.test-type ");
        });
        assertThat(server.requests()).isZero();
    }

    @Test
    void aSuccessWithoutAReferenceIsLeftToTheLookUp() {
        server.answers(200, "{\"expiresAt\":\"\",\"expiresAtTimestamp\":0,\"padding\":\"c2l6ZQ==\"}");

        assertThat(submit(submission(CONFIRMED)))
                .isEqualTo(new SubmitOutcome.Unknown("200", "answered 200 without a reference: perhaps issued before"));
    }

    @Test
    void aReferenceThatTheServerKnowsProvesThatItTookIt() {
        Submission submission = submission(CONFIRMED);
        server.answers(409, error("uuid_already_exists"));

        assertThat(submit(submission))
                .isEqualTo(SubmitOutcome.Accepted.as(submission.reference().toString()));
    }

    @Test
    void aCodeThatWasStoredWithoutAnybodyToSendItsTextIsRefused() {
        server.answers(200, error("internal_server_error"));

        assertThat(submit(submission(CONFIRMED)))
                .isEqualTo(SubmitOutcome.Refused.because(
                        FailureReason.ACCOUNT,
                        "internal_server_error",
                        "the server could not load its SMS provider or its signer: the code is stored, its text was not"
                                + " sent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorCode\":\"quota_exceeded\"}",
                "{\"errorCode\":\"uuid_already_exists\"}",
                "{\"errorCode\":\"teleporter_full\"}",
                "{\"error\":\"some words\"}",
                "{\"errorCode\":\"internal_server_error\",\"code\":\"83417265\"}",
                "{\"errorCode\":\"internal_server_error\",\"uuid\":\"8a7f\"}"
            })
    void aSuccessWithAnyOtherErrorInsideIsInDoubt(String body) {
        server.answers(200, body);

        assertThat(submit(submission(CONFIRMED)))
                .isEqualTo(new SubmitOutcome.Unknown("200", "answered 200 with an error inside"));
    }

    @Test
    void aSuccessForAnotherReferenceOrWithoutACodeIsInDoubt() {
        Submission submission = submission(CONFIRMED);
        server.answers(200, issued(AttemptId.create().toString()))
                .answers(200, issued(submission).replace("83417265", ""));

        var doubt = new SubmitOutcome.Unknown("200", "answered 200 without our reference or without a code");
        assertThat(submit(submission)).isEqualTo(doubt);
        assertThat(submit(submission)).isEqualTo(doubt);
    }

    @Test
    void anErrorStatusOverAYesIsInDoubt() {
        Submission submission = submission(CONFIRMED);
        server.answers(400, issued(submission)).answers(503, issued(submission));

        assertThat(submit(submission)).isEqualTo(new SubmitOutcome.Unknown("400", "answered 400 with a code inside"));
        assertThat(submit(submission)).isInstanceOf(SubmitOutcome.Unknown.class);
    }

    @Test
    void theReferenceMayComeBackInCapitals() {
        Submission submission = submission(CONFIRMED);
        server.answers(200, issued(submission.reference().toString().toUpperCase(Locale.ROOT)));

        assertThat(submit(submission))
                .isEqualTo(SubmitOutcome.Accepted.as(submission.reference().toString()));
    }

    static List<CodeTable.Row> rows() {
        return GoogleVerifyAnswers.CODES.rows().stream()
                .filter(row -> row.kind() == CodeTable.Kind.SUBMIT && row.code().matches("[a-z_]+"))
                .filter(row -> !row.isAccepted())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachCodeMeansWhatTheTableSays(CodeTable.Row row) {
        server.answers(400, error(row.code()));

        SubmitOutcome outcome = submit(submission(CONFIRMED));

        if (row.reason() == null) {
            assertThat(outcome).isEqualTo(new SubmitOutcome.Unknown(row.code(), row.meaning()));
        } else {
            Duration pause =
                    switch (row.code()) {
                        case "quota_exceeded" -> Duration.ofMinutes(15);
                        case "maintenance_mode" -> Duration.ofMinutes(1);
                        default -> null;
                    };
            assertThat(outcome).isEqualTo(new SubmitOutcome.Refused(row.reason(), row.code(), row.meaning(), pause));
        }
    }

    @Test
    void theDeprecatedSpellingOfTheCodeIsReadToo() {
        server.answers(400, "{\"error\":\"some words\",\"error_code\":\"missing_date\"}");

        assertThat(submit(submission(CONFIRMED)))
                .isEqualTo(SubmitOutcome.Refused.because(
                        FailureReason.CONTENT, "missing_date", "the realm wants a symptom date or a test date"));
    }

    @ParameterizedTest
    @CsvSource({
        "The 'To' number +12025550123 is not a valid phone number., RECIPIENT",
        "failed to send sms: failed to make request: Post: dial tcp: i/o timeout, UNKNOWN",
        "failed to send sms: failed to read response body: unexpected EOF, UNKNOWN",
        "failed to send sms: Post: context deadline exceeded, UNKNOWN",
        "failed to send sms: twilio error 502: <html>, UNKNOWN",
        "failed to send sms: failed to build sms message: no template, CONTENT",
        "failed to send sms: failed to sign sms: no key, ACCOUNT",
        "failed to send sms: Authenticate, ACCOUNT",
        "failed to send sms: Internal Server Error, UNKNOWN",
        "failed to send sms: Service Unavailable, UNKNOWN",
        "failed to send sms: Attempt to send to unsubscribed recipient +12025550123, OPTED_OUT",
        "failed to send sms: The message From/To pair violates a blacklist rule., OPTED_OUT",
        "failed to send sms: 'To' number is not a valid mobile number, RECIPIENT",
        "failed to send sms: To number: +12025550123 is not a mobile number, RECIPIENT",
        "failed to send sms: Permission to send an SMS has not been enabled for the region, DESTINATION",
        "failed to send sms: Too Many Requests, THROTTLED",
        "failed to send sms: The 'From' number +12025550199 is not a valid phone number or short code., SENDER",
        "failed to send sms: A 'From' phone number is required., SENDER",
        "failed to send sms: The From phone number +12025550199 is not a valid SMS-capable number., SENDER",
        "failed to send sms: The 'To' phone number: +12025550123 is not currently reachable using the 'From' phone number, DESTINATION",
        "failed to send sms: Invalid 'To' Phone Number: +12025550123, RECIPIENT",
        "failed to send sms: To number +12025550123 is a landline, RECIPIENT",
        // Perhaps the words of a 500: nothing is proven.
        "failed to send sms: Something new, UNKNOWN",
        "'failed to send sms: ', UNKNOWN"
    })
    void aTextThatFailedIsJudgedByTheSentenceWhichIsNotKept(String words, String expected) {
        server.answers(400, error("sms_failure", words));

        SubmitOutcome outcome = submit(submission(CONFIRMED));

        assertThat(outcome.<String>fold(
                        accepted -> "ACCEPTED", refused -> refused.reason().name(), unknown -> "UNKNOWN"))
                .isEqualTo(expected);
        assertThat(outcome.toString()).contains("sms_failure").doesNotContain("2025550123");
    }

    @Test
    void aRefusalWithoutACodeIsTheAccounts() {
        server.answers(400, "{\"error\":\"phone provided, but no sms provider is configured\"}")
                .answers(401, "{\"error\":\"unauthorized\"}")
                .answers(404, "not found")
                .answers(405, "");

        for (String status : List.of("400", "401", "404", "405")) {
            assertThat(submit(submission(CONFIRMED))).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(FailureReason.ACCOUNT);
                assertThat(refused.code()).isEqualTo(status);
            });
        }
    }

    @Test
    void aRateLimitIsPlainTextWithADateThatEndsInUtc() {
        server.answers(
                        429,
                        "Too Many Requests",
                        "Date",
                        "Sat, 21 Nov 2026 10:00:00 GMT",
                        "Retry-After",
                        "Sat, 21 Nov 2026 10:00:42 UTC")
                .answers(429, "Too Many Requests", "Retry-After", "5");

        assertThat(submit(submission(CONFIRMED)))
                .isEqualTo(new SubmitOutcome.Refused(
                        FailureReason.THROTTLED, "429", "refused with HTTP status 429", Duration.ofSeconds(42)));
        assertThat(submit(submission(CONFIRMED)))
                .isEqualTo(new SubmitOutcome.Refused(
                        FailureReason.THROTTLED, "429", "refused with HTTP status 429", Duration.ofSeconds(5)));
    }

    @Test
    void theHeadersOfAServerWithoutARateLimitPauseNothing() {
        Submission submission = submission(CONFIRMED);
        server.answers(
                200,
                issued(submission),
                "X-RateLimit-Limit",
                "0",
                "X-RateLimit-Remaining",
                "0",
                "X-RateLimit-Reset",
                "Thu, 01 Jan 1970 00:00:00 UTC");

        assertThat(submit(submission))
                .isEqualTo(SubmitOutcome.Accepted.as(submission.reference().toString()));
    }

    @Test
    void aCodeOfALaterVersionIsKeptCountedAndJudgedByItsStatus() {
        try (GoogleVerifyProvider provider = Accounts.provider(server, "batch", "false")) {
            server.answers(400, error("teleporter_full")).answers(412, error("not one: +12025550123"));

            assertThat(provider.submit(List.of(submission(CONFIRMED))))
                    .containsExactly(SubmitOutcome.Refused.because(
                            FailureReason.SENDER, "teleporter_full", "refused with HTTP status 400"));
            assertThat(provider.submit(List.of(submission(CONFIRMED))))
                    .containsExactly(
                            new SubmitOutcome.Unknown("412", "HTTP status 412 does not tell whether it was taken"));
            assertThat(provider.unknownCodes()).isEqualTo(Map.of("submit teleporter_full", 1L, "others", 1L));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 302})
    void otherStatusesAreInDoubtWhateverTheyCarry(int status) {
        server.answers(status, error("quota_exceeded"));

        assertThat(submit(submission(CONFIRMED))).isInstanceOf(SubmitOutcome.Unknown.class);
    }

    private SubmitOutcome submit(Submission submission) {
        try (GoogleVerifyProvider provider = Accounts.provider(server, "batch", "false")) {
            assertThat(provider.traits().maxBatchSize()).isEqualTo(1);
            List<SubmitOutcome> outcomes = provider.submit(List.of(submission));
            assertThat(outcomes).hasSize(1);
            return outcomes.get(0);
        }
    }
}
