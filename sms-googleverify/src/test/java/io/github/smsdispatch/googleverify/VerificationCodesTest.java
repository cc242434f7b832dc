package io.github.smsdispatch.googleverify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationCodesTest {
    private static final UUID REFERENCE = UUID.fromString("01936b2c-0000-7000-8000-000000000001");
    private static final PhoneNumber RECIPIENT = PhoneNumber.parse("+12025550123");
    private static final String SIGNED =
            "Your code: https://en.example/v?c=k7h2p9 \\nAuthentication:1121:key-1:c2lnbmF0dXJl";
    private static final CodeRequest REQUEST = CodeRequest.of(TestType.CONFIRMED)
            .testDate(LocalDate.of(2026, 11, 19))
            .build();

    private AnsweringServer server;
    private VerificationCodes codes;

    @BeforeEach
    void start() {
        server = new AnsweringServer();
        codes = new VerificationCodes(
                new GoogleVerifySettings(
                        Accounts.settings(Map.of("base-url", server.url(), "api-key", Accounts.API_KEY))),
                () -> REFERENCE);
    }

    @AfterEach
    void stop() {
        codes.close();
        server.close();
    }

    @Test
    void theServerWritesATextAndSendsNothing() {
        server.answers(200, generated(SIGNED, "+12025550123"));

        assertThat(codes.generate(RECIPIENT, REQUEST))
                .isEqualTo(new GeneratedText.Ready(
                        REFERENCE, RECIPIENT, SIGNED.replace("\\n", "\n"), Instant.parse("2026-11-22T10:00:00Z")));

        TakenRequest request = server.taken();
        assertThat(request.line()).isEqualTo("POST /api/issue");
        assertThat(request.header("X-API-Key")).isEqualTo(Accounts.API_KEY);
        JsonNode body = Json.read(request.body());
        assertThat(body.path("onlyGenerateSMS").isBoolean()).isTrue();
        assertThat(body.path("onlyGenerateSMS").booleanValue()).isTrue();
        assertThat(body.path("uuid").textValue()).isEqualTo(REFERENCE.toString());
        assertThat(body.path("phone").textValue()).isEqualTo("+12025550123");
        assertThat(body.path("testType").textValue()).isEqualTo("confirmed");
        assertThat(body.path("testDate").textValue()).isEqualTo("2026-11-19");
    }

    @Test
    void theTextIsEnqueuedOnceAndGoesOutAsItIs() {
        server.answers(200, generated(SIGNED, "+12025550123"));
        Instant now = Instant.parse("2026-11-21T10:00:00Z");

        Message message = codes.generate(RECIPIENT, REQUEST)
                .fold(
                        ready -> ready.message()
                                .validity(Duration.between(now, ready.expiresAt()))
                                .build(),
                        refused -> {
                            throw new IllegalStateException(refused.detail());
                        },
                        unknown -> {
                            throw new IllegalStateException(unknown.detail());
                        });

        assertThat(message.text()).isEqualTo(SIGNED.replace("\\n", "\n"));
        assertThat(message.recipient()).isEqualTo(RECIPIENT);
        assertThat(message.idempotencyKey()).isEqualTo(REFERENCE.toString());
        assertThat(message.validity()).isEqualTo(Duration.ofHours(24));
        assertThat(message.attributes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ihr Code fu\\u0308r heute: k7h2p9", "half a character: \\ud83d"})
    void aTextThatSendingWouldAlterIsRefused(String text) {
        server.answers(200, generated(text, "+12025550123"));

        assertThat(codes.generate(RECIPIENT, REQUEST))
                .isEqualTo(new GeneratedText.Refused(
                        FailureReason.CONTENT,
                        null,
                        "the text is not in Unicode normalisation form C: sending would alter it, and void a"
                                + " signature; write the realm's template so",
                        null));
    }

    @Test
    void aTextForAnotherNumberIsRefused() {
        server.answers(200, generated(SIGNED, "+12025550199"));

        assertThat(codes.generate(RECIPIENT, REQUEST))
                .isEqualTo(new GeneratedText.Refused(
                        FailureReason.CONTENT, null, "the text was written for another form of the number", null));
    }

    @Test
    void whatTheServerRefusesIsRefused() {
        server.answers(400, Accounts.error("phone_number_invalid")).answers(429, "", "Retry-After", "7");

        assertThat(codes.generate(RECIPIENT, REQUEST))
                .isEqualTo(new GeneratedText.Refused(
                        FailureReason.RECIPIENT, "phone_number_invalid", "the number is not valid", null));
        assertThat(codes.generate(RECIPIENT, REQUEST))
                .isEqualTo(new GeneratedText.Refused(
                        FailureReason.THROTTLED, "429", "refused with HTTP status 429", Duration.ofSeconds(7)));
    }

    @Test
    void aCodeWithoutItsTextIsKnownByItsReference() {
        server.answers(200, Accounts.issued(REFERENCE.toString()))
                .answers(409, Accounts.error("uuid_already_exists"))
                .answers(500, "");

        var missing = new GeneratedText.Unknown(REFERENCE, null, "issued, but the text or its expiry is missing");
        assertThat(codes.generate(RECIPIENT, REQUEST)).isEqualTo(missing);
        assertThat(codes.generate(RECIPIENT, REQUEST)).isEqualTo(missing);
        assertThat(codes.generate(RECIPIENT, REQUEST))
                .isEqualTo(new GeneratedText.Unknown(
                        REFERENCE, "500", "HTTP status 500 does not tell whether it was taken"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "200; {\"expiresAtTimestamp\":1795256100,\"longExpiresAtTimestamp\":1795256100}; EXPIRED",
                "200; {}; UNKNOWN",
                "200; {\"expiresAtTimestamp\":1795256100,\"error\":\"some words\"}; UNKNOWN",
                "400; {\"error\":\"bad request\"}; NOT_EXPIRED",
                "404; {\"errorCode\":\"code_not_found\"}; ABSENT",
                "404; ''; UNKNOWN",
                "401; {\"error\":\"unauthorized\"}; UNKNOWN",
                "500; ''; UNKNOWN"
            })
    void aCodeCanBeMadeUseless(int status, String body, CodeExpiry expected) {
        server.answers(status, body);

        assertThat(codes.expire(REFERENCE)).isEqualTo(expected);

        TakenRequest request = server.taken();
        assertThat(request.line()).isEqualTo("POST /api/expirecode");
        assertThat(Json.read(request.body()).path("uuid").textValue()).isEqualTo(REFERENCE.toString());
    }

    @Test
    void settingsAreCheckedAndAllThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> VerificationCodes.create(Map.of("api-key", "a b", "batsch", "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("base-url: is missing - set it: where the admin API server of the deployment is\n"
                        + "api-key: must be of printable ASCII characters without spaces - correct it: API key of type"
                        + " ADMIN, from the realm's administrator\n"
                        + "batsch: is no setting of googleverify - correct its name or leave it out");
    }

    @Test
    void eachCodeHasAReferenceOfItsOwn() {
        server.answers(500, "").answers(500, "");
        try (VerificationCodes own =
                VerificationCodes.create(Map.of("base-url", server.url(), "api-key", Accounts.API_KEY))) {
            own.generate(RECIPIENT, REQUEST);
            own.generate(RECIPIENT, REQUEST);
        }

        UUID first = UUID.fromString(Json.read(server.takenBody()).path("uuid").textValue());
        UUID second = UUID.fromString(Json.read(server.takenBody()).path("uuid").textValue());
        assertThat(first).isNotEqualTo(second);
        assertThat(first.version()).isEqualTo(7);
    }

    private static String generated(String text, String phone) {
        String issued = Accounts.issued(REFERENCE.toString());
        return issued.substring(0, issued.length() - 1) + ",\"generatedSMS\":\"" + text + "\",\"phone\":\"" + phone
                + "\"}";
    }
}
