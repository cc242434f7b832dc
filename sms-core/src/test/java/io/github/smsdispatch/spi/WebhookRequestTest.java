package io.github.smsdispatch.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.ProviderAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A webhook request")
class WebhookRequestTest {
    private static final String URL = "https://sms.example/hook?id=1&to=%2B12025550123";

    @Test
    @DisplayName("is kept as it came in: method, raw URL and raw bytes, over which signatures are made")
    void raw() {
        var request = new WebhookRequest("POST", URL, Map.of(), "a=%20b".getBytes(UTF_8));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url()).isEqualTo(URL);
        assertThat(request.body()).isEqualTo("a=%20b".getBytes(UTF_8));
        assertThat(request.bodyText()).isEqualTo("a=%20b");
    }

    @Test
    @DisplayName("cannot be changed through the arrays and lists that went in or come out")
    void immutable() {
        byte[] body = {'a'};
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("A", List.of("1"));
        var request = new WebhookRequest("POST", URL, headers, body);
        body[0] = 'x';
        request.body()[0] = 'y';
        headers.clear();
        assertThat(request.bodyText()).isEqualTo("a");
        assertThat(request.header("a")).contains("1");
    }

    @Test
    @DisplayName("finds a header whatever its case, and the first of several values")
    void headers() {
        var request = new WebhookRequest("POST", URL, Map.of("X-Twilio-Signature", List.of("s", "t")), new byte[0]);
        assertThat(request.header("x-twilio-SIGNATURE")).contains("s");
        assertThat(request.header("x-other")).isEmpty();
    }

    @Test
    @DisplayName("finds the first value also where one header came in two cases")
    void mixedCase() {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("x-a", List.of());
        headers.put("X-A", List.of("first"));
        headers.put("X-a", List.of("second"));
        assertThat(new WebhookRequest("POST", URL, headers, new byte[0]).header("x-a"))
                .contains("first");
        assertThat(new WebhookRequest("POST", URL, headers, new byte[0]).headers())
                .isEqualTo(Map.of("x-a", List.of("first", "second")));
    }

    @Test
    @DisplayName("shows method and size only: a URL may hold a number")
    void shown() {
        assertThat(new WebhookRequest("POST", URL, Map.of(), new byte[3])).hasToString("WebhookRequest[POST, 3 bytes]");
    }

    @Test
    @DisplayName("has bytes that are no UTF-8 replaced in its text, and kept in its body")
    void malformed() {
        byte[] body = {'a', (byte) 0xC3};
        var request = new WebhookRequest("POST", URL, Map.of(), body);
        assertThat(request.bodyText()).isEqualTo("a\ufffd");
        assertThat(request.body()).isEqualTo(body);
    }

    @Test
    @DisplayName("is either understood, with status 200 and receipts, or refused, with a 4xx and none")
    void verdict() {
        var receipt = new Receipt(
                ProviderAccount.of("twilio"), "id-1", null, ReceiptState.DELIVERED, "delivered", null, null);
        assertThat(WebhookVerdict.of(List.of(receipt)).status()).isEqualTo(200);
        assertThat(WebhookVerdict.of(List.of()).receipts()).isEmpty();
        assertThat(WebhookVerdict.refused(403, "not signed"))
                .isEqualTo(new WebhookVerdict(403, List.of(), "not signed", "text/plain; charset=utf-8", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookVerdict(403, List.of(receipt), "not signed", "text/plain", ""))
                .withMessage("a refused request has no events");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {-1, 0, 100, 204, 302, 399, 500})
    @DisplayName("is not answered with a status that makes the provider guess")
    void otherStatus(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookVerdict.refused(status, "whatever"))
                .withMessage("a verdict is 200 or 4xx, not " + status);
    }
}
