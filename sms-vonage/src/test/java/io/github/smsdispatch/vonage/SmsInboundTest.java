package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsInboundTest {
    private static final Form TEXT = Form.empty()
            .with("msisdn", "447700900123")
            .with("to", "447700900999")
            .with("messageId", "0B01")
            .with("text", "Größe & 42 ✓")
            .with("type", "unicode")
            .with("keyword", "GRÖSSE")
            .with("api-key", Accounts.API_KEY)
            .with("message-timestamp", "2020-09-13 12:26:35");
    private static final InboundText EXPECTED = new InboundText(
            ProviderAccount.of("vonage"),
            "0B01",
            "+447700900123",
            "+447700900999",
            "Größe & 42 ✓",
            null,
            Instant.parse("2020-09-13T12:26:35Z"));

    @Test
    void aTextIsReadFromAQueryAFormAndJson() {
        assertThat(List.of(query(TEXT), form(TEXT), json(TEXT)))
                .allSatisfy(request -> assertThat(parse(request)).isEqualTo(WebhookVerdict.of(List.of(EXPECTED))));
    }

    @Test
    void aPieceOfALongTextSaysWhichOneItIs() {
        Form piece = TEXT.with("concat", "true")
                .with("concat-ref", "10")
                .with("concat-total", "3")
                .with("concat-part", "2");

        assertThat(text(piece).part()).isEqualTo(new InboundText.Part("10", 2, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "true, 10, 3, 4",
        "true, 10, 3, 0",
        "true, 10, 2000000000, 1",
        "true, '', 3, 1",
        "true, 10, x, 1",
        "true, 10, 256, 1",
        "false, 10, 3, 2"
    })
    void aPieceThatIsNoneIsAWholeText(String concat, String reference, String total, String number) {
        Form odd = TEXT.with("concat", concat)
                .with("concat-ref", reference)
                .with("concat-total", total)
                .with("concat-part", number);

        assertThat(text(odd)).isEqualTo(EXPECTED);
    }

    @Test
    void aBinaryMessageHoldsNoText() {
        Form binary = Form.empty()
                .with("msisdn", "447700900123")
                .with("to", "447700900999")
                .with("messageId", "0B01")
                .with("type", "binary")
                .with("data", "0a0b")
                .with("udh", "050003");

        assertThat(text(binary).text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"447700900123, +447700900123", "+447700900123, +447700900123", "60123, 60123", "AcmeInc, AcmeInc"})
    void numbersHaveTheirPlusSignAndTheRestIsKept(String given, String read) {
        Form from = Form.decode(TEXT.encode().replace("msisdn=447700900123", "msisdn=" + given.replace("+", "%2B")));

        assertThat(text(from).from()).isEqualTo(read);
    }

    @Test
    void whatIsNeitherReceiptNorTextIsMalformed() {
        assertThat(parse(form(Form.empty().with("messageId", "0B01").with("msisdn", "447700900123")))
                        .status())
                .isEqualTo(400);
        assertThat(parse(form(Form.empty())).status()).isEqualTo(400);
    }

    @Test
    void onlyGetAndPostAreRead() {
        var put = new WebhookRequest("PUT", "https://example.com/?" + TEXT.encode(), Map.of(), new byte[0]);

        assertThat(parse(put).status()).isEqualTo(400);
    }

    private static InboundText text(Form form) {
        return (InboundText) parse(form(form)).events().get(0);
    }

    private static WebhookVerdict parse(WebhookRequest request) {
        try (VonageProvider provider = Accounts.provider(Map.of("allow-unsigned-webhooks", "true"))) {
            return provider.parse(request);
        }
    }

    private static WebhookRequest query(Form form) {
        return new WebhookRequest("GET", "https://example.com/in?" + form.encode(), Map.of(), new byte[0]);
    }

    private static WebhookRequest form(Form form) {
        return post("application/x-www-form-urlencoded", form.encode());
    }

    private static WebhookRequest json(Form form) {
        var fields = form.fields().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .toList();
        return post("application/json", "{" + String.join(",", fields) + "}");
    }

    private static WebhookRequest post(String contentType, String body) {
        return new WebhookRequest(
                "POST",
                "https://example.com/in",
                Map.of("Content-Type", List.of(contentType)),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
