package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioNumberCheckTest {
    private AnsweringServer lookups;

    @BeforeEach
    void startServer() {
        lookups = new AnsweringServer();
    }

    @AfterEach
    void stopServer() {
        lookups.close();
    }

    @Test
    void theFreeQuestionIsWhetherTheNumberIsValid() {
        lookups.answers(200, "{\"valid\":true,\"validation_errors\":[],\"line_type_intelligence\":null}");

        assertThat(check("none"))
                .isEqualTo(RecipientFinding.of(Reach.POSSIBLE, Line.UNKNOWN, "valid; kind of line not asked for"));
        TakenRequest request = lookups.taken();
        assertThat(request.line()).isEqualTo("GET /v2/PhoneNumbers/%2B447700900123");
        assertThat(request.header("Authorization")).startsWith("Basic ");
    }

    @Test
    void thePaidQuestionIsWhatKindOfLineItIs() {
        lookups.answers(
                200,
                line("{\"type\":\"mobile\",\"carrier_name\":\"Example Mobile\",\"mobile_country_code\":\"234\","
                        + "\"mobile_network_code\":\"01\",\"error_code\":null}"));

        assertThat(check("line-type"))
                .isEqualTo(new RecipientFinding(
                        Reach.POSSIBLE,
                        Line.MOBILE,
                        "Example Mobile",
                        "23401",
                        null,
                        "valid; kind of line as told",
                        null));
        assertThat(lookups.taken().target())
                .isEqualTo("/v2/PhoneNumbers/%2B447700900123?Fields=line_type_intelligence");
    }

    @ParameterizedTest
    @CsvSource({
        "mobile, MOBILE, POSSIBLE",
        "landline, LANDLINE, IMPOSSIBLE",
        "fixedVoip, VOIP, POSSIBLE",
        "nonFixedVoip, VOIP, POSSIBLE",
        "tollFree, OTHER, UNKNOWN",
        "premium, OTHER, UNKNOWN",
        "voicemail, OTHER, UNKNOWN",
        "unknown, UNKNOWN, UNKNOWN",
        "satellite, UNKNOWN, UNKNOWN"
    })
    void theKindOfLineSaysWhetherATextGetsThere(String type, Line line, Reach reach) {
        lookups.answers(200, line("{\"type\":\"" + type + "\"}"));

        RecipientFinding finding = check("line-type");
        assertThat(finding.line()).isEqualTo(line);
        assertThat(finding.reach()).isEqualTo(reach);
        assertThat(finding.networkCode()).isNull();
    }

    @Test
    void aLandlineIsNotHeldAgainstANumberIfTheKindWasNotAskedFor() {
        lookups.answers(200, line("{\"type\":\"landline\"}"));

        assertThat(check("none").reach()).isEqualTo(Reach.POSSIBLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "[\"TOO_SHORT\"] | IMPOSSIBLE | TOO_SHORT | not valid: too short for its country",
                "[\"INVALID_BUT_POSSIBLE\",\"TOO_LONG\"] | IMPOSSIBLE | TOO_LONG | not valid: too long for its country",
                "[\"INVALID_BUT_POSSIBLE\"] | UNKNOWN | INVALID_BUT_POSSIBLE | not valid: right length, in no range that Lookup knows",
                "[\"HAUNTED\"] | IMPOSSIBLE | null | not valid",
                "[\"INVALID_BUT_POSSIBLE\",\"HAUNTED\"] | IMPOSSIBLE | null | not valid",
                "[7] | IMPOSSIBLE | null | not valid",
                "[] | IMPOSSIBLE | null | not valid",
                "null | IMPOSSIBLE | null | not valid"
            })
    void anInvalidNumberIsOutOfReachUnlessItsRangeAloneIsNotKnown(
            @Nullable String errors, Reach reach, @Nullable String code, String detail) {
        lookups.answers(200, "{\"valid\":false,\"validation_errors\":" + errors + "}");

        assertThat(check("line-type"))
                .isEqualTo(new RecipientFinding(reach, Line.UNKNOWN, null, null, code, detail, null));
    }

    @ParameterizedTest
    @CsvSource({
        "60600, kind of line not told: no coverage for this number",
        "60601, kind of line not told: Canadian numbers need an approval",
        "60616, kind of line not told: rate limit of the package exceeded",
        "60699, kind of line not told"
    })
    void aPackageThatFailsSaysNothingAgainstTheNumber(String code, String detail) {
        lookups.answers(200, line("{\"type\":null,\"error_code\":" + code + "}"));

        assertThat(check("line-type")).isEqualTo(RecipientFinding.unknown(code, detail, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "7", "{\"type\":{}}"})
    void aPackageThatIsMissingSaysNothingAgainstTheNumber(String line) {
        lookups.answers(200, line(line));

        assertThat(check("line-type"))
                .isEqualTo(RecipientFinding.of(Reach.UNKNOWN, Line.UNKNOWN, "valid; kind of line not told"));
    }

    @ParameterizedTest
    @CsvSource({"23, 01", "234, 1", "234, 0x1", "'', 01", "+44, 123"})
    void anImpossibleNetworkCodeIsNone(String country, String network) {
        lookups.answers(
                200,
                line("{\"type\":\"mobile\",\"mobile_country_code\":\"" + country + "\",\"mobile_network_code\":\""
                        + network + "\"}"));

        assertThat(check("line-type").networkCode()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"valid\":null}", "{\"valid\":\"false\"}"})
    void anAnswerThatDoesNotSaySaysNothing(String body) {
        lookups.answers(200, body);

        assertThat(check("none"))
                .isEqualTo(
                        RecipientFinding.unknown("200", "the answer does not say whether the number is valid", null));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 404, 429, 500, 503})
    void aLookUpThatFailsSaysNothingAgainstTheNumber(int status) {
        lookups.answers(status, "{\"code\":20404,\"valid\":false}", "Retry-After", "3");

        assertThat(check("none"))
                .isEqualTo(
                        RecipientFinding.unknown(String.valueOf(status), "answered " + status, Duration.ofSeconds(3)));
    }

    @Test
    void anAddressWhereNobodyIsSaysNothingAgainstTheNumber() {
        lookups.close();

        assertThat(check("none").reach()).isEqualTo(Reach.UNKNOWN);
        assertThat(check("none").code()).isNull();
    }

    @Test
    void unknownWordsAndCodesAreCounted() {
        lookups.answers(200, line("{\"type\":\"satellite\"}"))
                .answers(200, line("{\"error_code\":60699}"))
                .answers(200, "{\"valid\":false,\"validation_errors\":[\"HAUNTED\"]}");

        try (TwilioProvider provider = provider("line-type")) {
            for (int i = 0; i < 3; i++) {
                provider.check(List.of(PhoneNumber.parse("+447700900123")));
            }

            assertThat(provider.unknownCodes())
                    .isEqualTo(Map.of("line satellite", 1L, "check 60699", 1L, "check HAUNTED", 1L));
        }
    }

    @Test
    void numbersAreCheckedOneByOne() {
        try (TwilioProvider provider = provider("none")) {
            assertThat(provider.maxCheckBatch()).isEqualTo(1);
        }
    }

    private RecipientFinding check(String fields) {
        try (TwilioProvider provider = provider(fields)) {
            return provider.check(List.of(PhoneNumber.parse("+447700900123"))).get(0);
        }
    }

    private TwilioProvider provider(String fields) {
        return Accounts.provider(Map.of("lookup-base-url", lookups.url(), "lookup-fields", fields));
    }

    private static String line(String line) {
        return "{\"valid\":true,\"validation_errors\":[],\"line_type_intelligence\":" + line + "}";
    }
}
