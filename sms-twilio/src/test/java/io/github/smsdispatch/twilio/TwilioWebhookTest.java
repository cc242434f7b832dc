package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
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
    void anErrorCodeIsKept() throws Exception {
        WebhookVerdict verdict = parse(signed("MessageSid=SM1&MessageStatus=failed&ErrorCode=30003"));

        assertThat(verdict.receipts().get(0).errorCode()).isEqualTo("30003");
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
        var request = new WebhookRequest(
                "GET", url, Map.of("X-Twilio-Signature", List.of(sign(Accounts.AUTH_TOKEN, url))), new byte[0]);

        assertThat(parse(request).receipts()).hasSize(1);
    }

    @Test
    void aTextThatCameInIsOfNoInterest() throws Exception {
        assertThat(parse(signed("MessageSid=SM1&SmsStatus=received&Body=Hello")))
                .isEqualTo(WebhookVerdict.of(List.of()));
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
    }

    @Test
    void anOversizedCallbackIsRefusedBeforeItIsRead() throws Exception {
        assertThat(parse(signed("MessageSid=SM1&MessageStatus=sent&x=" + "y".repeat(64 * 1024)))
                        .status())
                .isEqualTo(413);
    }

    private static WebhookVerdict parse(WebhookRequest request) {
        try (TwilioProvider provider = Accounts.provider(Map.of())) {
            return provider.parse(request);
        }
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
