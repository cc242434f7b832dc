package io.github.smsdispatch.vonage;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.testkit.provider.GenuineWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Vonage's two APIs send, rightly signed with {@link #SECRET}: with SHA-256 where that is a setting. */
final class GenuineWebhooks {
    static final String SECRET = "sigsecret";
    static final AttemptId REFERENCE = AttemptId.parse("01920000-0000-7000-8000-000000000007");

    /** To go with {@link #OLD}. */
    static final Duration MAX_AGE = Duration.ofMinutes(5);

    static final Duration OLD = Duration.ofMinutes(6);

    private static final String URL = "https://example.com/sms/vonage";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("vonage");
    private static final Instant TIME = Instant.parse("2020-09-13T12:26:35Z");

    private GenuineWebhooks() {}

    /** Receipts and texts in every form that the SMS API has. */
    static List<GenuineWebhook> ofTheSmsApi() {
        Form receipt = Form.empty()
                .with("msisdn", "447700900123")
                .with("to", "AcmeInc")
                .with("messageId", "0A01")
                .with("status", "delivered")
                .with("err-code", "0")
                .with("message-timestamp", "2020-09-13 12:26:35")
                .with("client-ref", REFERENCE.toString());
        Form text = Form.empty()
                .with("msisdn", "447700900123")
                .with("to", "447700900999")
                .with("messageId", "0B01")
                .with("text", "Stop that")
                .with("type", "text")
                .with("api-key", Accounts.API_KEY)
                .with("message-timestamp", "2020-09-13 12:26:35");
        var received = new Receipt(ACCOUNT, "0A01", REFERENCE, ReceiptState.DELIVERED, "delivered", null, TIME);
        var cameIn = new InboundText(ACCOUNT, "0B01", "+447700900123", "+447700900999", "Stop that", null, TIME);
        Instant now = Instant.now();
        Instant before = now.minus(OLD);
        return List.of(
                GenuineWebhook.of("receipt in a query", inQuery(receipt, now), received)
                        .signedInParameter("sig")
                        .tooOld(inQuery(receipt, before)),
                GenuineWebhook.of("receipt in a form", inForm(receipt, now), received)
                        .signedInParameter("sig")
                        .tooOld(inForm(receipt, before))
                        .signedBy(body -> inForm(decoded(body), Instant.now())),
                GenuineWebhook.of("receipt in JSON", inJson(receipt, now), received)
                        .signedInParameter("sig")
                        .tooOld(inJson(receipt, before)),
                GenuineWebhook.of("text in a form", inForm(text, now), cameIn)
                        .signedInParameter("sig")
                        .tooOld(inForm(text, before)));
    }

    /** A status and a text, as the Messages API has them. */
    static List<GenuineWebhook> ofTheMessagesApi() {
        String status = "{\"message_uuid\":\"u-1\",\"to\":\"447700900123\",\"from\":\"AcmeInc\",\"timestamp\":\"" + TIME
                + "\",\"status\":\"delivered\",\"channel\":\"sms\",\"client_ref\":\"" + REFERENCE + "\"}";
        String text =
                "{\"channel\":\"sms\",\"message_uuid\":\"in-1\",\"to\":\"447700900999\",\"from\":\"447700900123\","
                        + "\"timestamp\":\"" + TIME + "\",\"message_type\":\"text\",\"text\":\"Stop that\"}";
        return List.of(
                withToken(
                        "status",
                        status,
                        new Receipt(ACCOUNT, "u-1", REFERENCE, ReceiptState.DELIVERED, "delivered", null, TIME)),
                withToken(
                        "text",
                        text,
                        new InboundText(ACCOUNT, "in-1", "+447700900123", "+447700900999", "Stop that", null, TIME)));
    }

    private static GenuineWebhook withToken(String what, String body, WebhookEvent event) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.now();
        return GenuineWebhook.of(what, withToken(bytes, now), event)
                .signedInHeader("Authorization")
                .tooOld(withToken(bytes, now.minus(OLD)))
                .signedBy(other -> withToken(other, Instant.now()));
    }

    /** https://developer.vonage.com/en/getting-started/concepts/webhooks#signed-webhooks, read 2026-11. */
    static WebhookRequest withToken(byte[] body, Instant at) {
        String claims = "{\"iat\":" + at.getEpochSecond() + ",\"iss\":\"Vonage\",\"payload_hash\":\""
                + Tokens.sha256(body) + "\",\"api_key\":\"" + Accounts.API_KEY + "\"}";
        String token = Tokens.signed("HmacSHA256", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, SECRET);
        return new WebhookRequest(
                "POST", URL, Map.of("Content-Type", List.of(JSON), "Authorization", List.of("Bearer " + token)), body);
    }

    static WebhookRequest inQuery(Form form, Instant at) {
        return query(signed(form, at).encode());
    }

    static WebhookRequest inForm(Form form, Instant at) {
        return posted(signed(form, at).encode(), FORM);
    }

    static WebhookRequest inJson(Form form, Instant at) {
        return posted(
                signed(form, at).fields().stream()
                        .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}")),
                JSON);
    }

    /** As it is, whoever signed it. */
    static WebhookRequest query(String query) {
        return new WebhookRequest("GET", URL + "?" + query, Map.of(), new byte[0]);
    }

    /** As it is, whoever signed it. */
    static WebhookRequest posted(String body, String type) {
        return new WebhookRequest(
                "POST", URL, Map.of("Content-Type", List.of(type)), body.getBytes(StandardCharsets.UTF_8));
    }

    /** An empty one where it is no form. */
    static Form decoded(byte[] body) {
        try {
            return Form.decode(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Form.empty();
        }
    }

    /** https://developer.vonage.com/getting-started/concepts/signing-messages, read 2026-11. */
    private static Form signed(Form form, Instant at) {
        Form unsigned = form.with("timestamp", String.valueOf(at.getEpochSecond()));
        String text = unsigned.fields().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(field -> "&" + plain(field.getKey()) + "=" + plain(field.getValue()))
                .collect(Collectors.joining());
        byte[] signature = SignatureMethod.SHA256.sign(text, SECRET);
        return unsigned.with("sig", HexFormat.of().formatHex(signature));
    }

    private static String plain(String text) {
        return text.replace('&', '_').replace('=', '_');
    }
}
