package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioWebhookTest {
    private static final String URL = "https://example.com/sms/twilio?ref=01920000-0000-7000-8000-000000000007";
    private static final AttemptId REFERENCE = AttemptId.parse("01920000-0000-7000-8000-000000000007");

    /** The vectors of Twilio's own RequestValidatorTest (twilio-java, MIT), with their numbers. */
    @Nested
    class TheSignature {
        private static final String VECTOR_URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
        private static final String SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        private static final String SIGNATURE_WITH_PORT = "kvajT1Ptam85bY51eRf/AJRuM3w=";

        private final TwilioSignature signature = new TwilioSignature("12345");
        private final Form form = Form.decode("To=%2B18005551212&Digits=1234&From=%2B14158675309"
                + "&Caller=%2B14158675309&CallSid=CA1234567890ABCDE");

        @Test
        void matchesWhateverTheOrderOfTheFields() {
            assertThat(signature.matches(SIGNATURE, VECTOR_URL, form)).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "https://mycompany.com/myapp.php?foo=1&bar=2, " + SIGNATURE,
            "https://mycompany.com/myapp.php?foo=1&bar=2, " + SIGNATURE_WITH_PORT,
            "https://mycompany.com:443/myapp.php?foo=1&bar=2, " + SIGNATURE,
            "https://mycompany.com:443/myapp.php?foo=1&bar=2, " + SIGNATURE_WITH_PORT
        })
        void matchesWithThePortAndWithout(String url, String given) {
            assertThat(signature.matches(given, url, form)).isTrue();
        }

        @Test
        void keepsAnEncodedQueryAsItIsWhenThePortChanges() throws Exception {
            String signed = sign("12345", "https://h/cb?a=%2B1&b=x%20y");

            assertThat(signature.matches(signed, "https://h:443/cb?a=%2B1&b=x%20y", Form.empty()))
                    .isTrue();
        }

        @Test
        void takesTheDistinctValuesOfARepeatedNameInOrder() throws Exception {
            String signed = sign("12345", "https://h/cb" + "AmediaAmediaBBbody");

            assertThat(signature.matches(signed, "https://h/cb", Form.decode("B=body&A=mediaB&A=mediaA&A=mediaB")))
                    .isFalse();
            assertThat(signature.matches(
                            sign("12345", "https://h/cb" + "AmediaA" + "AmediaB" + "Bbody"),
                            "https://h/cb",
                            Form.decode("B=body&A=mediaB&A=mediaA&A=mediaB")))
                    .isTrue();
        }

        @Test
        void failsForAnotherUrlFieldTokenOrSignature() {
            assertThat(signature.matches(SIGNATURE, VECTOR_URL + "&x=1", form)).isFalse();
            assertThat(signature.matches(SIGNATURE, VECTOR_URL, form.with("Digits", "9")))
                    .isFalse();
            assertThat(new TwilioSignature("12346").matches(SIGNATURE, VECTOR_URL, form))
                    .isFalse();
            assertThat(signature.matches("", VECTOR_URL, form)).isFalse();
            assertThat(signature.matches("not base64 ü", VECTOR_URL, form)).isFalse();
            assertThat(signature.matches(SIGNATURE, "not a url|", form)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"sent, ENROUTE", "delivered, DELIVERED", "undelivered, UNDELIVERED", "teleported, UNKNOWN"})
    void aSignedCallbackIsAReceiptWithOurReference(String word, ReceiptState state) throws Exception {
        WebhookVerdict verdict = parse(signed("MessageSid=SM1&MessageStatus=" + word + "&To=%2B447700900123"));

        assertThat(verdict)
                .isEqualTo(WebhookVerdict.of(
                        List.of(new Receipt(ProviderAccount.of("twilio"), "SM1", REFERENCE, state, word, null, null))));
    }

    @Test
    void anErrorCodeIsKeptAndSaysWhyItFailed() throws Exception {
        Receipt receipt = parse(signed("MessageSid=SM1&MessageStatus=failed&ErrorCode=30003"))
                .receipts()
                .get(0);

        assertThat(receipt.errorCode()).isEqualTo("30003");
        assertThat(receipt.reason()).isEqualTo(FailureReason.UNAVAILABLE);
    }

    @Test
    void noErrorIsNoCode() throws Exception {
        assertThat(parse(signed("MessageSid=SM1&MessageStatus=delivered&ErrorCode=0"))
                        .receipts()
                        .get(0)
                        .errorCode())
                .isNull();
    }

    @Test
    void theOlderNamesOfTheFieldsAreReadToo() throws Exception {
        assertThat(parse(signed("SmsSid=SM1&SmsStatus=sent")).receipts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/cb",
                "https://example.com/cb?ref=",
                "https://example.com/cb?ref=somebody-elses"
            })
    void aCallbackWithoutAReferenceOfOursIsFoundByItsSid(String url) throws Exception {
        WebhookVerdict verdict = parse(signed(url, "MessageSid=SM1&MessageStatus=sent"));

        assertThat(verdict.receipts().get(0).reference()).isNull();
    }

    @Test
    void aCallbackByGetHasItsFieldsInTheQuery() throws Exception {
        String url = URL + "&MessageSid=SM1&MessageStatus=sent";

        assertThat(parse(signedGet(url)).receipts()).hasSize(1);
    }

    @Nested
    class ATextThatCameIn {
        private static final String TEXT = "MessageSid=SM1&SmsSid=SM1&SmsMessageSid=SM1&From=%2B447700900123"
                + "&To=%2B12025550100&NumMedia=0&SmsStatus=received&Body=";
        private static final InboundText HELLO = new InboundText(
                ProviderAccount.of("twilio"), "SM1", "+447700900123", "+12025550100", "Hëllo 👋 + more", null, null);

        @Test
        void isToldAndAnsweredWithoutAReply() throws Exception {
            WebhookVerdict verdict = parse(signed(TEXT + "H%C3%ABllo+%F0%9F%91%8B+%2B+more&FromCity="));

            assertThat(verdict)
                    .isEqualTo(WebhookVerdict.of(List.of(HELLO))
                            .answeredWith(
                                    "text/xml; charset=utf-8",
                                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"));
        }

        @Test
        void mayComeByGet() throws Exception {
            String url = "https://example.com/sms/in?" + TEXT + "H%C3%ABllo%20%F0%9F%91%8B%20%2B%20more";

            assertThat(parse(signedGet(url)).events()).containsExactly(HELLO);
        }

        @Test
        void mayBeEmptyAsOneWithNothingButAPictureIs() throws Exception {
            assertThat(inbound(TEXT + "&MediaUrl0=https%3A%2F%2Fexample.com%2Fm")
                            .text())
                    .isEmpty();
        }

        @Test
        void mayComeFromAShortCode() throws Exception {
            assertThat(inbound(TEXT.replace("%2B447700900123", "12345") + "Hi&OptOutType=STOP")
                            .from())
                    .isEqualTo("12345");
        }

        @Test
        void fromNobodyOrToNobodyIsMalformed() throws Exception {
            assertThat(parse(signed("MessageSid=SM1&SmsStatus=received&Body=Hello&To=%2B12025550100"))
                            .status())
                    .isEqualTo(400);
            assertThat(parse(signed("MessageSid=SM1&SmsStatus=received&Body=Hello&From=%2B447700900123"))
                            .status())
                    .isEqualTo(400);
        }

        @ParameterizedTest
        @CsvSource({"STOP, WITHDRAWN", "Stop, WITHDRAWN", "START, GIVEN"})
        void bringsAChangeOfConsentWhereTwilioSaysSo(String type, ConsentChange.Consent consent) throws Exception {
            WebhookVerdict verdict = parse(signed(TEXT + "arret&OptOutType=" + type));

            assertThat(verdict.events())
                    .hasSize(2)
                    .last()
                    .isEqualTo(new ConsentChange(
                            ProviderAccount.of("twilio"),
                            "SM1",
                            PhoneNumber.parse("+447700900123"),
                            consent,
                            "+12025550100"));
        }

        @Test
        void toAMessagingServiceIsAboutAllItsSenders() throws Exception {
            WebhookVerdict verdict =
                    parse(signed(TEXT + "STOP&OptOutType=STOP&MessagingServiceSid=MG" + "0".repeat(32)));

            assertThat(((ConsentChange) verdict.events().get(1)).sender()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"STOP", "STOP&OptOutType=HELP", "STOP&OptOutType=", "STOP&OptOutType=LATER"})
        void changesNoConsentUnlessTwilioSaysSo(String rest) throws Exception {
            assertThat(parse(signed(TEXT + rest)).events()).hasSize(1);
        }

        private InboundText inbound(String body) throws Exception {
            WebhookVerdict verdict = parse(signed(body));
            assertThat(verdict.events()).hasSize(1);
            return (InboundText) verdict.events().get(0);
        }
    }

    @Nested
    class ABodyThatIsNoForm {
        private static final String JSON = "{\"property\": \"value\", \"boolean\": true}";
        private static final String HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        private static final String JSON_URL = "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=" + HASH;
        private static final String SIGNATURE = "a9nBmqA0ju/hNViExpshrM61xv4=";

        private final TwilioSignature signature = new TwilioSignature("12345");

        /** The vector of Twilio's own RequestValidatorTest. */
        @Test
        void isSignedByItsHashInTheUrl() {
            assertThat(matches(JSON_URL, JSON)).isTrue();
            assertThat(matches(JSON_URL, JSON + " ")).isFalse();
            assertThat(matches(JSON_URL + "&x=1", JSON)).isFalse();
        }

        @Test
        void withoutAHashIsNotSigned() throws Exception {
            String url = "https://example.com/cb";

            assertThat(signature.matches(sign("12345", url), url, Form.empty(), bytes(JSON)))
                    .isFalse();
        }

        @Test
        void isForgedOrOfNoInterest() throws Exception {
            String url = URL + "&bodySHA256=" + HASH;
            String genuine = sign(Accounts.AUTH_TOKEN, url);

            assertThat(parse(json(url, genuine, JSON)).status()).isEqualTo(404);
            assertThat(parse(json(url, genuine, "{}")).status()).isEqualTo(403);
            assertThat(parse(json(url, SIGNATURE, JSON)).status()).isEqualTo(403);
        }

        private boolean matches(String url, String body) {
            return signature.matches(SIGNATURE, url, Form.queryOf(url), bytes(body));
        }

        private static WebhookRequest json(String url, String signature, String body) {
            return new WebhookRequest(
                    "POST",
                    url,
                    Map.of("X-Twilio-Signature", List.of(signature), "Content-Type", List.of("application/json")),
                    bytes(body));
        }
    }

    @Test
    void anUnsignedCallbackIsRefused() {
        var request = new WebhookRequest("POST", URL, Map.of(), bytes("MessageSid=SM1&MessageStatus=delivered"));

        assertThat(parse(request)).isEqualTo(WebhookVerdict.refused(403, "not signed"));
    }

    @Test
    void aForgedCallbackIsRefused() throws Exception {
        WebhookRequest genuine = signed("MessageSid=SM1&MessageStatus=sent");
        var forged = new WebhookRequest(
                "POST",
                URL,
                Map.of(
                        "X-Twilio-Signature",
                        List.of(genuine.header("X-Twilio-Signature").orElseThrow())),
                bytes("MessageSid=SM1&MessageStatus=delivered"));

        assertThat(parse(forged).status()).isEqualTo(403);
        assertThat(parse(forged).receipts()).isEmpty();
    }

    @Test
    void aMalformedCallbackIsRefused() throws Exception {
        assertThat(parse(signed("MessageSid=%zz")).status()).isEqualTo(400);
        assertThat(parse(signed("MessageSid=SM1")).status()).isEqualTo(400);
        assertThat(parse(signed("")).status()).isEqualTo(400);
        assertThat(parse(signed("MessageSid=../Calls&MessageStatus=sent")).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded; charset=UTF-8 | 200",
                "application/x-www-form-urlencoded;charset=\"utf-8\"; x=y | 200",
                "application/x-www-form-urlencoded; charset=utf-16 | 400",
                "application/x-www-form-urlencoded; charset=ISO-8859-1 | 400"
            })
    void onlyUtf8IsRead(String contentType, int status) throws Exception {
        WebhookRequest genuine = signed("MessageSid=SM1&MessageStatus=sent");

        assertThat(parse(new WebhookRequest(
                                "POST",
                                URL,
                                Map.of(
                                        "X-Twilio-Signature",
                                        List.of(genuine.header("X-Twilio-Signature")
                                                .orElseThrow()),
                                        "Content-Type",
                                        List.of(contentType)),
                                genuine.body()))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void bytesThatAreNoTextAreMalformed() {
        var request = new WebhookRequest("POST", URL, Map.of("X-Twilio-Signature", List.of("x")), new byte[] {
            'B', 'o', 'd', 'y', '=', (byte) 0xC3, (byte) 0x28
        });

        assertThat(parse(request)).isEqualTo(WebhookVerdict.refused(400, "not a form"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "HEAD", "post"})
    void anotherMethodIsMalformed(String method) {
        assertThat(parse(new WebhookRequest(method, URL, Map.of("X-Twilio-Signature", List.of("x")), new byte[0]))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anOversizedCallbackIsRefusedBeforeItIsRead() throws Exception {
        assertThat(parse(signed("MessageSid=SM1&MessageStatus=sent&x=" + "y".repeat(256 * 1024)))
                        .status())
                .isEqualTo(413);
        assertThat(parse(signedGet(URL + "&x=" + "y".repeat(256 * 1024))).status())
                .isEqualTo(413);
    }

    private static WebhookVerdict parse(WebhookRequest request) {
        try (TwilioProvider provider = Accounts.provider(Map.of())) {
            return provider.parse(request);
        }
    }

    private static WebhookRequest signedGet(String url) throws Exception {
        return new WebhookRequest(
                "GET", url, Map.of("X-Twilio-Signature", List.of(sign(Accounts.AUTH_TOKEN, url))), new byte[0]);
    }

    private static WebhookRequest signed(String body) throws Exception {
        return signed(URL, body);
    }

    private static WebhookRequest signed(String url, String body) throws Exception {
        var text = new StringBuilder(url);
        if (!body.contains("%zz")) {
            Form.decode(body).fields().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> text.append(field.getKey()).append(field.getValue()));
        }
        return new WebhookRequest(
                "POST",
                url,
                Map.of(
                        "x-twilio-signature",
                        List.of(sign(Accounts.AUTH_TOKEN, text.toString())),
                        "Content-Type",
                        List.of("application/x-www-form-urlencoded")),
                bytes(body));
    }

    private static String sign(String token, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(bytes(token), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
