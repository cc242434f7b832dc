package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesWebhookTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_600_000_000);
    private static final String SECRET = "sigsecret";
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final AttemptId REFERENCE = AttemptId.parse("01920000-0000-7000-8000-000000000007");
    private static final String STATUS = "{\"message_uuid\":\"u-1\",\"to\":\"447700900123\",\"from\":\"AcmeInc\","
            + "\"timestamp\":\"2020-09-13T12:26:35.250Z\",\"status\":\"delivered\",\"channel\":\"sms\",\"client_ref\":\""
            + REFERENCE + "\",\"usage\":{\"currency\":\"EUR\",\"price\":\"0.0333\"},\"sms\":{\"count_total\":\"2\"}}";
    private static final Receipt EXPECTED = new Receipt(
            ProviderAccount.of("vonage"),
            "u-1",
            REFERENCE,
            ReceiptState.DELIVERED,
            "delivered",
            null,
            Instant.parse("2020-09-13T12:26:35.250Z"));
    private static final String INBOUND = "{\"channel\":\"sms\",\"message_uuid\":\"in-1\",\"to\":\"447700900999\","
            + "\"from\":\"447700900123\",\"timestamp\":\"2020-09-13T12:26:35Z\",\"message_type\":\"text\","
            + "\"text\":\"Größe 42 ✓\",\"sms\":{\"num_messages\":\"1\",\"keyword\":\"GRÖSSE\"}}";

    @Nested
    class TheToken {
        @Test
        void vouchesForTheBody() {
            assertThat(parse(STATUS, genuine(STATUS))).isEqualTo(WebhookVerdict.of(List.of(EXPECTED)));
        }

        @Test
        void isNeeded() {
            assertThat(verdict(request(STATUS, Map.of())).status()).isEqualTo(403);
            assertThat(verdict(request(STATUS, Map.of("Authorization", List.of("Basic YTpi"))))
                            .status())
                    .isEqualTo(403);
        }

        @Test
        void isRefusedForAnotherBody() {
            assertThat(parse(STATUS.replace("delivered", "rejected"), genuine(STATUS))
                            .status())
                    .isEqualTo(403);
        }

        @Test
        void isRefusedWithoutAHashOfTheBody() {
            String claims = claims(STATUS, NOW).replace("payload_hash", "x");

            assertThat(parse(STATUS, Tokens.signed("HmacSHA256", HS256, claims, SECRET))
                            .status())
                    .isEqualTo(403);
        }

        @Test
        void isRefusedIfSomebodyElseSignedIt() {
            assertThat(parse(STATUS, Tokens.signed("HmacSHA256", HS256, claims(STATUS, NOW), "sigsecret2"))
                            .status())
                    .isEqualTo(403);
        }

        /** What attackers of JWT libraries try: no algorithm, another one, one that the header only claims. */
        @Test
        void isRefusedInEveryAlgorithmButOne() {
            String claims = claims(STATUS, NOW);
            String none = Tokens.base64("{\"alg\":\"none\"}") + "." + Tokens.base64(claims) + ".";
            String hs512 = Tokens.signed("HmacSHA512", "{\"alg\":\"HS512\"}", claims, SECRET);
            String hs512InName = Tokens.signed("HmacSHA256", "{\"alg\":\"HS512\"}", claims, SECRET);
            String noneInName = Tokens.signed("HmacSHA256", "{\"alg\":\"none\"}", claims, SECRET);
            String critical = Tokens.signed("HmacSHA256", "{\"alg\":\"HS256\",\"crit\":[\"x\"]}", claims, SECRET);

            assertThat(List.of(none, hs512, hs512InName, noneInName, critical))
                    .allSatisfy(
                            token -> assertThat(parse(STATUS, token).status()).isEqualTo(403));
        }

        @ParameterizedTest
        @CsvSource({"-7201, 403", "-7200, 200", "0, 200", "300, 200", "301, 403"})
        void mayBeAsOldAsIsSaidAndFiveMinutesAhead(long seconds, int status) {
            String token = Tokens.signed("HmacSHA256", HS256, claims(STATUS, NOW.plusSeconds(seconds)), SECRET);

            assertThat(parse(STATUS, token).status()).isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "\"exp\":1600000001; 200",
                    "\"exp\":1600000000; 403",
                    "\"exp\":\"never\"; 403",
                    "\"nbf\":1600000300; 200",
                    "\"nbf\":1600000301; 403"
                })
        void isRefusedAfterItsEndAndBeforeItsBeginning(String claim, int status) {
            String claims = claims(STATUS, NOW).replace("}", "," + claim + "}");

            assertThat(parse(STATUS, Tokens.signed("HmacSHA256", HS256, claims, SECRET))
                            .status())
                    .isEqualTo(status);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"iat\":\"now\"", "\"iat\":null", "\"iat\":1e99", "\"iat\":-1"})
        void needsATimeThatCanBeRead(String iat) {
            String claims = claims(STATUS, NOW).replace("\"iat\":1600000000", iat);

            assertThat(parse(STATUS, Tokens.signed("HmacSHA256", HS256, claims, SECRET))
                            .status())
                    .isEqualTo(403);
        }

        @Test
        void isRefusedForAnotherAccount() {
            String claims = claims(STATUS, NOW).replace(Accounts.API_KEY, "other999");

            assertThat(parse(STATUS, Tokens.signed("HmacSHA256", HS256, claims, SECRET))
                            .status())
                    .isEqualTo(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "a.b.c.d", "%.%.%", "e30.e30.", "e30.W10.AAAA"})
        void isRefusedIfItIsNone(String token) {
            assertThat(parse(STATUS, token).status()).isEqualTo(403);
        }

        @Test
        void vouchesForNoQuery() {
            var request = new WebhookRequest(
                    "GET",
                    "https://example.com/?messageId=0A01&status=delivered",
                    Map.of("Authorization", List.of("Bearer " + genuine(""))),
                    new byte[0]);

            assertThat(verdict(request).status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "submitted, ENROUTE",
        "delivered, DELIVERED",
        "read, DELIVERED",
        "rejected, UNDELIVERED",
        "undeliverable, UNDELIVERED",
        "teleported, UNKNOWN"
    })
    void aStatusIsTranslatedAndKeptAsItIs(String word, ReceiptState state) {
        Receipt receipt = receipt(STATUS.replace("delivered", word));

        assertThat(receipt.state()).isEqualTo(state);
        assertThat(receipt.status()).isEqualTo(word);
        assertThat(receipt.reason()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1240, OPTED_OUT", "1050, OPTED_OUT", "1170, RECIPIENT", "1190, RECIPIENT", "1220, UNAVAILABLE",
        "1210, CONTENT", "1120, SENDER", "1250, DESTINATION", "1070, ACCOUNT", "1000, THROTTLED",
        "1241, RECIPIENT_BUSY", "1461, RECIPIENT_BUSY", "1472, RECIPIENT_BUSY"
    })
    void theReasonIsReadFromTheError(String number, FailureReason reason) {
        Receipt receipt = receipt(failed("rejected", number));

        assertThat(receipt.errorCode()).isEqualTo(number);
        assertThat(receipt.reason()).isEqualTo(reason);
    }

    @Test
    void partsThatNobodyReportedOnLeaveOpenWhatBecameOfTheText() {
        assertThat(receipt(failed("undeliverable", "1490")).state()).isEqualTo(ReceiptState.UNKNOWN);
        assertThat(receipt(failed("undeliverable", "1330")).state()).isEqualTo(ReceiptState.UNDELIVERED);
    }

    @Test
    void anErrorOfATextThatIsStillTriedIsNoReason() {
        Receipt receipt = receipt(failed("submitted", "1220"));

        assertThat(receipt.state()).isEqualTo(ReceiptState.ENROUTE);
        assertThat(receipt.errorCode()).isEqualTo("1220");
        assertThat(receipt.reason()).isNull();
    }

    @Test
    void aTextThatCameInIsReadWhole() {
        assertThat(parse(INBOUND, genuine(INBOUND)))
                .isEqualTo(WebhookVerdict.of(List.of(new InboundText(
                        ProviderAccount.of("vonage"),
                        "in-1",
                        "+447700900123",
                        "+447700900999",
                        "Größe 42 ✓",
                        null,
                        Instant.parse("2020-09-13T12:26:35Z")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whatsapp", "rcs", "mms"})
    void otherChannelsAreOfNoInterest(String channel) {
        String body = STATUS.replace("\"channel\":\"sms\"", "\"channel\":\"" + channel + "\"");

        assertThat(parse(body, genuine(body))).isEqualTo(WebhookVerdict.of(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message_uuid\":\"u-1\"}",
                "{\"message_uuid\":\"\",\"status\":\"delivered\"}",
                "{\"message_uuid\":\"u-1\",\"from\":{\"number\":\"447700900123\"},\"to\":{\"number\":\"1\"}}",
                "{\"message_uuid\":",
                "[]"
            })
    void whatIsVerifiedAndMakesNoSenseIsMalformed(String body) {
        assertThat(parse(body, genuine(body)).status()).isEqualTo(400);
    }

    @Test
    void onlyUtf8IsRead() {
        byte[] latin1 = INBOUND.replace(" ✓", "").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(unsigned("application/json", latin1).status()).isEqualTo(400);
        assertThat(unsigned("application/json; charset=ISO-8859-1", STATUS.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        assertThat(unsigned("application/json; charset=\"UTF-8\"", STATUS.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(WebhookVerdict.of(List.of(EXPECTED)));
    }

    private static String failed(String status, String number) {
        return STATUS.replace("delivered", status)
                .replace(
                        "\"usage\"",
                        "\"error\":{\"type\":\"https://developer.vonage.com/api-errors/messages#" + number
                                + "\",\"title\":" + number + "},\"usage\"");
    }

    private static Receipt receipt(String body) {
        return parse(body, genuine(body)).receipts().get(0);
    }

    private static String genuine(String body) {
        return Tokens.signed("HmacSHA256", HS256, claims(body, NOW), SECRET);
    }

    private static String claims(String body, Instant issuedAt) {
        return "{\"iat\":" + issuedAt.getEpochSecond() + ",\"jti\":\"c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5\","
                + "\"iss\":\"Vonage\",\"payload_hash\":\"" + Tokens.sha256(body) + "\",\"api_key\":\""
                + Accounts.API_KEY + "\"}";
    }

    private static WebhookVerdict parse(String body, String token) {
        return verdict(request(body, Map.of("authorization", List.of("Bearer " + token))));
    }

    private static WebhookVerdict verdict(WebhookRequest request) {
        var settings = Map.of("signature-secret", SECRET, "webhook-max-age", "PT2H");
        try (VonageProvider provider = Accounts.provider(settings, InstantSource.fixed(NOW))) {
            return provider.parse(request);
        }
    }

    private static WebhookVerdict unsigned(String contentType, byte[] body) {
        try (VonageProvider provider = Accounts.provider(Map.of("allow-unsigned-webhooks", "true"))) {
            return provider.parse(new WebhookRequest(
                    "POST", "https://example.com/hook", Map.of("Content-Type", List.of(contentType)), body));
        }
    }

    private static WebhookRequest request(String body, Map<String, List<String>> headers) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", List.of("application/json"));
        return new WebhookRequest("POST", "https://example.com/hook", all, body.getBytes(StandardCharsets.UTF_8));
    }
}
