package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.CodeTable;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import io.github.smsdispatch.testkit.provider.TestSubmissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesSubmitTest {
    private static final String TAKEN = "{\"message_uuid\":\"u-1\"}";

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
    void aMessageIsPostedAsJsonWithOurReference() {
        vonage.answers(202, TAKEN);
        Submission submission = TestSubmissions.of("50 % \"off\" + more", Sender.of("+447700900999"));

        assertThat(submit(submission, "callback-url", "https://example.com/cb", "signature-secret", "hunter2"))
                .isEqualTo(SubmitOutcome.Accepted.as("u-1"));

        TakenRequest request = vonage.taken();
        assertThat(request.line()).isEqualTo("POST /v1/messages");
        assertThat(request.header("Content-Type")).startsWith("application/json");
        assertThat(Json.read(request.body()))
                .isEqualTo(Json.read("{\"channel\":\"sms\",\"message_type\":\"text\",\"from\":\"447700900999\","
                        + "\"to\":\"447700900123\",\"text\":\"50 % \\\"off\\\" + more\",\"client_ref\":\""
                        + submission.reference() + "\",\"ttl\":3600,\"sms\":{\"encoding_type\":\"text\"},"
                        + "\"webhook_url\":\"https://example.com/cb\",\"webhook_version\":\"v1\"}"));
    }

    @Test
    void withoutAnApplicationKeyAndSecretAreSent() {
        vonage.answers(202, TAKEN);

        submit(TestSubmissions.of("Hello"));

        assertThat(vonage.taken().header("Authorization")).startsWith("Basic ");
    }

    @Test
    void withAnApplicationItsTokenIsSent() {
        vonage.answers(202, TAKEN);

        submit(
                TestSubmissions.of("Hello"),
                "application-id",
                Accounts.APPLICATION_ID,
                "private-key",
                Accounts.privateKeyPem());

        String authorization = String.valueOf(vonage.taken().header("Authorization"));
        assertThat(authorization).startsWith("Bearer ");
        assertThat(Tokens.claimsOf(authorization.substring("Bearer ".length()))
                        .path("application_id")
                        .asText())
                .isEqualTo(Accounts.APPLICATION_ID);
    }

    @Test
    void aTextBeyondGsm7IsSentAsUnicode() {
        vonage.answers(202, TAKEN);

        submit(TestSubmissions.of("Привет ✓"));

        JsonNode message = Json.read(vonage.takenBody());
        assertThat(message.path("sms").path("encoding_type").asText()).isEqualTo("unicode");
        assertThat(message.path("text").asText()).isEqualTo("Привет ✓");
    }

    @ParameterizedTest
    @CsvSource({"PT1S, 20", "PT20S, 20", "PT21.9S, 21", "P7D, 604800", "P8D, 604800"})
    void theValidityIsInSecondsAndWithinWhatVonageTakes(Duration validity, int seconds) {
        vonage.answers(202, TAKEN);

        submit(TestSubmissions.of("Hello", validity));

        assertThat(Json.read(vonage.takenBody()).path("ttl").asInt()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "{\"message_uuid\":\"\"}", "{\"message_uuid\":null}", "{\"message_uuid\":{}}"})
    void aYesWithoutAnIdIsUnknown(String body) {
        vonage.answers(202, body);

        assertThat(submit(TestSubmissions.of("Hello")))
                .isEqualTo(new SubmitOutcome.Unknown("202", "a success without a message id"));
    }

    static List<CodeTable.Row> rows() {
        return Codes.table(Api.MESSAGES).rows().stream()
                .filter(row -> row.kind() == CodeTable.Kind.SUBMIT)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyCodeOfTheTableLeadsToItsReason(CodeTable.Row row) {
        vonage.answers(422, problem(row.code()));

        assertThat(submit(TestSubmissions.of("Hello")))
                .isEqualTo(
                        row.reason() == null
                                ? new SubmitOutcome.Unknown(row.code(), row.meaning())
                                : SubmitOutcome.Refused.because(row.reason(), row.code(), row.meaning()));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, THROTTLED",
        "1050, OPTED_OUT",
        "1120, SENDER",
        "1170, RECIPIENT",
        "1240, OPTED_OUT",
        "1420, SENDER",
        "1430, RECIPIENT",
        "low-balance, ACCOUNT"
    })
    void theCodesThatMatterMostMeanWhatVonageSays(String code, FailureReason reason) {
        assertThat(Codes.table(Api.MESSAGES)
                        .find(CodeTable.Kind.SUBMIT, code)
                        .orElseThrow()
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"401, ACCOUNT", "402, ACCOUNT", "403, ACCOUNT", "404, ACCOUNT", "422, SENDER", "429, THROTTLED"})
    void aProblemThatNobodyKnowsMeansWhatItsHttpStatusDoes(int status, FailureReason reason) {
        vonage.answers(status, problem("9999"), "Retry-After", "3");

        assertThat(submit(TestSubmissions.of("Hello"))).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.code()).isEqualTo(String.valueOf(status));
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 408, 500, 502, 503, 504})
    void noProblemProvesARefusalThatTheHttpStatusDoesNot(int status) {
        vonage.answers(status, problem("1240"));

        assertThat(submit(TestSubmissions.of("Hello"))).isInstanceOf(SubmitOutcome.Unknown.class);
    }

    @Test
    void whatAProblemTellsOfTheMessageIsInNoOutcome() {
        vonage.answers(422, problem("447700900123").replace("detail", "447700900123 is bad"));

        assertThat(submit(TestSubmissions.of("Hello")).toString()).doesNotContain("7700900123");
    }

    @Test
    void receiptsAreOfTheWholeText() {
        try (VonageProvider provider = Accounts.provider(vonage, "api", "messages")) {
            assertThat(provider.traits().receiptsPerPart()).isFalse();
            assertThat(provider.traits().maxTextLength()).isEqualTo(3_200);
            assertThat(provider.traits().maxValidity()).isEqualTo(Duration.ofDays(7));
        }
    }

    private SubmitOutcome submit(Submission submission, String... settings) {
        var all = new ArrayList<>(List.of("api", "messages"));
        all.addAll(List.of(settings));
        try (VonageProvider provider = Accounts.provider(vonage, all.toArray(String[]::new))) {
            return provider.submit(List.of(submission)).get(0);
        }
    }

    private static String problem(String code) {
        return "{\"type\":\"https://developer.vonage.com/api-errors/messages#" + code
                + "\",\"title\":\"Oh\",\"detail\":\"detail\",\"instance\":\"bf0ca0bf927b3b52e3cb03217e1a1ddf\"}";
    }
}
