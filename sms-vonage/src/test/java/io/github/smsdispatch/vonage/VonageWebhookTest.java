package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageWebhookTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_600_000_000);
    private static final String SECRET = "sigsecret";
    private static final AttemptId REFERENCE = AttemptId.parse("01920000-0000-7000-8000-000000000007");
    private static final Form RECEIPT = Form.empty()
            .with("msisdn", "447700900123")
            .with("to", "AcmeInc")
            .with("messageId", "0A01")
            .with("status", "delivered")
            .with("err-code", "0")
            .with("scts", "2011211000")
            .with("message-timestamp", "2020-09-13 12:26:35")
            .with("api-key", Accounts.API_KEY)
            .with("client-ref", REFERENCE.toString())
            .with("nonce", "n1")
            .with("timestamp", "1600000000");
    private static final Receipt EXPECTED = new Receipt(
            ProviderAccount.of("vonage"),
            "0A01",
            REFERENCE,
            ReceiptState.DELIVERED,
            "delivered",
            null,
            Instant.parse("2020-09-13T12:26:35Z"));

    @Nested
    class TheSignature {
        private final Form parameters = Form.empty()
                .with("to", "447700900000")
                .with("text", "a & b = c")
                .with("timestamp", "1600000000")
                .with("api_key", "abcd1234")
                .with("from", "AcmeInc");

        /** Equal to what Vonage's Java SDK 9.3.1 and OpenSSL compute. */
        @ParameterizedTest
        @CsvSource({
            "md5hash, a32c6c6be596e6ec3d7bdd0805ca5214",
            "md5, 25221e0088307cd0cea8929c93975f5e",
            "sha1, 72485a7f7f834d0c8bfc86ab0356ee1a6586a6c5",
            "sha256, f3e2be256234f09bf843a63f730e2f940d695b738628e22b7c259080f141460f",
            "sha512, 9459a56446fdee3c699e35c1cd2cc0f62fcce3acb2b20e5674dd87fdce6618f0ca2f5f420a439b9a6b0381e12493b34e195fc5741d99de939c5f02da849eb0f3"
        })
        void matchesInEitherCase(String method, String hex) {
            assertThat(signature(method, NOW).matches(parameters.with("sig", hex)))
                    .isTrue();
            assertThat(signature(method, NOW).matches(parameters.with("sig", hex.toUpperCase(Locale.ROOT))))
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource({"-301, false", "-300, true", "0, true", "3600, true", "3601, false"})
        void isGoodForAsLongAsIsSaidAndFiveMinutesAhead(long seconds, boolean good) {
            Form signed = parameters.with("sig", "a32c6c6be596e6ec3d7bdd0805ca5214");

            assertThat(signature("md5hash", NOW.plusSeconds(seconds)).matches(signed))
                    .isEqualTo(good);
        }

        @Test
        void needsATimestamp() {
            Form without = Form.empty().with("a", "b");
            Form nonsense = without.with("timestamp", "yesterday");

            assertThat(signature("sha256", NOW).matches(signed(without, SignatureMethod.SHA256)))
                    .isFalse();
            assertThat(signature("sha256", NOW).matches(signed(nonsense, SignatureMethod.SHA256)))
                    .isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "zz", "a32c", "a32c6c6be596e6ec3d7bdd0805ca5215"})
        void isRefusedIfItIsNotTheRightOne(String sig) {
            assertThat(signature("md5hash", NOW).matches(parameters.with("sig", sig)))
                    .isFalse();
        }

        @Test
        void maySkipBlankValuesOrCoverThem() {
            Form blank = parameters.with("keyword", "");

            assertThat(signature("sha256", NOW).matches(signed(blank, SignatureMethod.SHA256)))
                    .isTrue();
            assertThat(signature("md5hash", NOW).matches(blank.with("sig", "a32c6c6be596e6ec3d7bdd0805ca5214")))
                    .isTrue();
        }

        private VonageSignature signature(String method, Instant now) {
            return new VonageSignature(
                    SECRET,
                    SignatureMethod.named(method),
                    new SignatureAge(Duration.ofHours(1), InstantSource.fixed(now)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSignedReceiptIsReadFromAForm(SignatureMethod method) {
        Form signed = signed(RECEIPT, method);

        assertThat(parse(method, form(signed))).isEqualTo(WebhookVerdict.of(List.of(EXPECTED)));
    }

    @Test
    void aSignedReceiptIsReadFromAQuery() {
        Form signed = signed(RECEIPT, SignatureMethod.SHA256);
        var request = new WebhookRequest("GET", "https://example.com/dlr?" + signed.encode(), Map.of(), new byte[0]);

        assertThat(parse(SignatureMethod.SHA256, request)).isEqualTo(WebhookVerdict.of(List.of(EXPECTED)));
    }

    @Test
    void aSignedReceiptIsReadFromJson() {
        assertThat(parse(SignatureMethod.SHA256, json(signed(RECEIPT, SignatureMethod.SHA256))))
                .isEqualTo(WebhookVerdict.of(List.of(EXPECTED)));
    }

    @ParameterizedTest
    @CsvSource({
        "submitted, ENROUTE",
        "accepted, ENROUTE",
        "buffered, ENROUTE",
        "delivered, DELIVERED",
        "expired, UNDELIVERED",
        "failed, UNDELIVERED",
        "rejected, UNDELIVERED",
        "deleted, UNDELIVERED",
        "unknown, UNKNOWN",
        "teleported, UNKNOWN"
    })
    void aStatusIsTranslatedAndKeptAsItIs(String word, ReceiptState state) {
        Receipt receipt = unsigned(form(Form.empty()
                        .with("messageId", "0A01")
                        .with("status", word)
                        .with("err-code", "9")))
                .receipts()
                .get(0);

        assertThat(receipt.state()).isEqualTo(state);
        assertThat(receipt.status()).isEqualTo(word);
        assertThat(receipt.errorCode()).isEqualTo("9");
        assertThat(receipt.reference()).isNull();
        assertThat(receipt.occurredAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "expired, -, UNKNOWN, -",
                "expired, 0, UNKNOWN, -",
                "expired, 1, UNKNOWN, -",
                "expired, 99, UNKNOWN, -",
                "expired, 2, UNDELIVERED, UNAVAILABLE",
                "expired, 12, UNDELIVERED, DESTINATION",
                "failed, 1, UNDELIVERED, -"
            })
    void anExpiryThatNobodyGivesAReasonForMayBeVonagesOwnAndTheTextMayHaveArrived(
            String word, String code, ReceiptState state, FailureReason reason) {
        Form form = Form.empty().with("messageId", "0A01").with("status", word);

        Receipt receipt = unsigned(form(code == null ? form : form.with("err-code", code)))
                .receipts()
                .get(0);

        assertThat(receipt.state()).isEqualTo(state);
        assertThat(receipt.reason()).isEqualTo(reason);
    }

    @Test
    void aForgedReceiptIsRefused() {
        Form signed = signed(RECEIPT.with("x", "1"), SignatureMethod.SHA256);
        Form forged = Form.decode(signed.encode().replace("x=1", "x=2"));

        assertThat(parse(SignatureMethod.SHA256, form(forged)).status()).isEqualTo(403);
        assertThat(parse(SignatureMethod.SHA256, form(forged)).receipts()).isEmpty();
    }

    /** The parameter sig covers no field of a field, and so vouches for no webhook of the Messages API. */
    @Test
    void aSignatureOfTheSmsApiVouchesForNoOtherForm() {
        Form signed = signed(RECEIPT.with("message_uuid", "u-1"), SignatureMethod.SHA256);
        Receipt receipt = parse(SignatureMethod.SHA256, json(signed)).receipts().get(0);

        assertThat(receipt.providerMessageId()).isEqualTo("0A01");
    }

    @Test
    void anUnsignedReceiptIsRefusedWhereSignaturesAreExpected() {
        assertThat(parse(SignatureMethod.SHA256, form(RECEIPT)).status()).isEqualTo(403);
    }

    @Test
    void withoutASecretEveryReceiptIsRefusedUnlessThatIsAllowed() {
        try (VonageProvider provider = Accounts.provider(Map.of())) {
            assertThat(provider.parse(form(RECEIPT)))
                    .isEqualTo(WebhookVerdict.refused(
                            403, "webhooks cannot be verified: set signature-secret, or allow-unsigned-webhooks=true"));
        }
        assertThat(unsigned(form(RECEIPT))).isEqualTo(WebhookVerdict.of(List.of(EXPECTED)));
    }

    @Test
    void aReceiptForAnotherAccountIsRefused() {
        Form other = Form.decode(RECEIPT.encode().replace(Accounts.API_KEY, "other999"));

        assertThat(unsigned(form(other))).isEqualTo(WebhookVerdict.refused(403, "for another account"));
    }

    @Test
    void aMalformedReceiptIsRefused() {
        assertThat(unsigned(request("application/json", "{\"messageId\":")).status())
                .isEqualTo(400);
        assertThat(unsigned(request("application/json", "[1]")).status()).isEqualTo(400);
        assertThat(unsigned(request("application/x-www-form-urlencoded", "a=%zz"))
                        .status())
                .isEqualTo(400);
        assertThat(unsigned(request("application/x-www-form-urlencoded", "messageId=0A01"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aReceiptOfThousandsOfFieldsIsNone() {
        String fields =
                IntStream.range(0, 5_000).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(","));

        assertThat(unsigned(request(
                                "application/json", "{\"messageId\":\"0A01\",\"status\":\"delivered\"," + fields + "}"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anOversizedReceiptIsRefusedBeforeItIsRead() {
        assertThat(unsigned(request("application/json", " ".repeat(64 * 1024 + 1)))
                        .status())
                .isEqualTo(413);
    }

    private static WebhookVerdict parse(SignatureMethod method, WebhookRequest request) {
        var settings = Map.of(
                "signature-secret", SECRET, "signature-method", method.name().toLowerCase(Locale.ROOT));
        try (VonageProvider provider = Accounts.provider(settings, InstantSource.fixed(NOW))) {
            return provider.parse(request);
        }
    }

    private static WebhookVerdict unsigned(WebhookRequest request) {
        try (VonageProvider provider = Accounts.provider(Map.of("allow-unsigned-webhooks", "true"))) {
            return provider.parse(request);
        }
    }

    /** Signs as Vonage describes it, blank values included. */
    private static Form signed(Form form, SignatureMethod method) {
        var text = new StringBuilder();
        form.fields().stream().sorted(Map.Entry.comparingByKey()).forEach(field -> text.append('&')
                .append(field.getKey())
                .append('=')
                .append(field.getValue().replace('&', '_').replace('=', '_')));
        return form.with("sig", HexFormat.of().formatHex(method.sign(text.toString(), SECRET)));
    }

    private static WebhookRequest form(Form form) {
        return request("application/x-www-form-urlencoded; charset=utf-8", form.encode());
    }

    private static WebhookRequest json(Form form) {
        var fields = form.fields().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .toList();
        return request("application/json", "{" + String.join(",", fields) + ",\"none\":null}");
    }

    private static WebhookRequest request(String contentType, String body) {
        return new WebhookRequest(
                "POST",
                "https://example.com/dlr",
                Map.of("Content-Type", List.of(contentType)),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
