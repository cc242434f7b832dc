package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityInsightsTest {
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
    void numbersCanBeCheckedOnlyWithAnApplication() {
        try (VonageProvider without = Accounts.provider(vonage);
                VonageProvider with = application()) {
            assertThat(without).isNotInstanceOf(RecipientCheck.class);
            assertThat(with).isInstanceOf(RecipientCheck.class);
        }
    }

    @Test
    void aMobileNumberIsFoundWithItsNetwork() {
        vonage.answers(200, answer(true, "MOBILE", "MOBILE"));

        assertThat(check())
                .isEqualTo(new RecipientFinding(
                        Reach.POSSIBLE, Line.MOBILE, "Acme Mobile", "23499", null, "a mobile number", null));

        TakenRequest request = vonage.taken();
        assertThat(request.line()).isEqualTo("POST /identity-insights/v1/requests");
        assertThat(request.header("Authorization")).startsWith("Bearer ");
        assertThat(Json.read(request.body()))
                .isEqualTo(Json.read("{\"phone_number\":\"447700900123\",\"insights\":"
                        + "{\"format\":{},\"original_carrier\":{},\"current_carrier\":{}}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "MOBILE, MOBILE, POSSIBLE, MOBILE",
        "LANDLINE, MOBILE, POSSIBLE, MOBILE",
        "LANDLINE, '', IMPOSSIBLE, LANDLINE",
        "VIRTUAL, '', UNKNOWN, VOIP",
        "TOLLFREE, '', UNKNOWN, OTHER",
        "PREMIUM, '', UNKNOWN, OTHER",
        "SATELLITE, '', UNKNOWN, UNKNOWN"
    })
    void theLineIsTheOneOfToday(String original, String current, Reach reach, Line line) {
        vonage.answers(200, answer(true, original, current));

        RecipientFinding finding = check();

        assertThat(finding.reach()).isEqualTo(reach);
        assertThat(finding.line()).isEqualTo(line);
    }

    @Test
    void aFormThatCannotBeIsNoNumber() {
        vonage.answers(200, answer(false, "", ""));

        assertThat(check())
                .isEqualTo(new RecipientFinding(
                        Reach.IMPOSSIBLE,
                        Line.UNKNOWN,
                        null,
                        null,
                        "INVALID_NUMBER_FORMAT",
                        "no number of that form is given out",
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NO_COVERAGE", "SUPPLIER_ERROR", "INTERNAL_ERROR", "NOT_FOUND", "UNAUTHORIZED", "BRAND_NEW"})
    void troubleOfVonagesIsNoReasonAgainstANumber(String code) {
        vonage.answers(
                200,
                "{\"insights\":{\"format\":{\"status\":{\"code\":\"" + code + "\"}},\"original_carrier\":{\"status\":"
                        + "{\"code\":\"" + code + "\"},\"network_type\":\"LANDLINE\"}}}");

        assertThat(check()).isEqualTo(RecipientFinding.unknown(code, "what kind of line it is is not told", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "[]", "{\"insights\":7}"})
    void anAnswerThatIsNoneTellsNothing(String body) {
        vonage.answers(200, body);

        assertThat(check().reach()).isEqualTo(Reach.UNKNOWN);
    }

    @Test
    void aRefusalTellsNothingOfTheNumber() {
        vonage.answers(429, "{\"detail\":\"447700900123\"}", "Retry-After", "3");

        assertThat(check()).isEqualTo(RecipientFinding.unknown("429", "answered 429", Duration.ofSeconds(3)));
    }

    private RecipientFinding check() {
        try (VonageProvider provider = application()) {
            RecipientCheck check = (RecipientCheck) provider;
            assertThat(check.maxCheckBatch()).isEqualTo(1);
            return check.check(List.of(PhoneNumber.parse("+447700900123"))).get(0);
        }
    }

    private VonageProvider application() {
        return Accounts.provider(
                vonage, "application-id", Accounts.APPLICATION_ID, "private-key", Accounts.privateKeyPem());
    }

    private static String answer(boolean valid, String original, String current) {
        return "{\"request_id\":\"r\",\"insights\":{\"format\":{\"is_format_valid\":" + valid
                + ",\"status\":{\"code\":\"OK\"}},\"original_carrier\":" + carrier(original) + ",\"current_carrier\":"
                + carrier(current) + "}}";
    }

    private static String carrier(String type) {
        return type.isEmpty()
                ? "{\"status\":{\"code\":\"UNSUPPORTED_NETWORK_TYPE\"}}"
                : "{\"name\":\"Acme Mobile\",\"network_type\":\"" + type
                        + "\",\"network_code\":\"23499\",\"status\":{\"code\":\"OK\"}}";
    }
}
