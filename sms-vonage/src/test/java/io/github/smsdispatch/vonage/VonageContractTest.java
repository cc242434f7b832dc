package io.github.smsdispatch.vonage;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.testkit.provider.ApiCall;
import io.github.smsdispatch.testkit.provider.ApiReply;
import io.github.smsdispatch.testkit.provider.GenuineWebhook;
import io.github.smsdispatch.testkit.provider.SmsProviderContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

class VonageContractTest extends SmsProviderContract {
    private static final String SIGNATURE_SECRET = "sigsecret";
    private static final String URL = "https://example.com/sms/vonage";
    private static final AttemptId REFERENCE = AttemptId.parse("01920000-0000-7000-8000-000000000007");

    @Override
    protected SmsProviderFactory factory() {
        return new VonageProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of(
                "base-url",
                baseUrl,
                "api-base-url",
                baseUrl,
                "api-key",
                Accounts.API_KEY,
                "api-secret",
                Accounts.API_SECRET,
                "from",
                "AcmeInc",
                "signature-secret",
                SIGNATURE_SECRET,
                "signature-method",
                "sha256");
    }

    @Override
    protected List<String> furtherSecrets() {
        return List.of(Accounts.API_KEY);
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return answer("\"status\":\"0\",\"message-id\":\"" + id(call.number()) + "\"");
    }

    @Override
    protected String messageId(Submission submission) {
        return id(numberOf(submission.recipient()));
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return refusesWith(call, "33");
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return answer("\"status\":\"" + code + "\",\"error-text\":\"No.\"");
    }

    @Override
    protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
        return report(asked.stream()
                .map(attempt -> record(attempt.providerMessageIds().get(0), attempt.reference()))
                .collect(Collectors.joining(",")));
    }

    @Override
    protected ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
        return report("");
    }

    @Override
    protected ApiReply finds(ApiCall call, DoubtfulAttempt attempt) {
        return report(record(id(1), attempt.reference()));
    }

    @Override
    protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return report("");
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        Form receipt = Form.empty()
                .with("msisdn", "447700900123")
                .with("to", "AcmeInc")
                .with("messageId", "0A01")
                .with("status", "delivered")
                .with("err-code", "0")
                .with("message-timestamp", "2020-09-13 12:26:35")
                .with("client-ref", REFERENCE.toString());
        var told = new Receipt(
                ProviderAccount.of("vonage"),
                "0A01",
                REFERENCE,
                ReceiptState.DELIVERED,
                "delivered",
                null,
                Instant.parse("2020-09-13T12:26:35Z"));
        Form now = signed(receipt, Instant.now());
        Form old = signed(receipt, Instant.now().minus(Duration.ofDays(8)));
        return List.of(
                GenuineWebhook.of("receipt in a query", inQuery(now), told)
                        .signedInParameter("sig")
                        .tooOld(inQuery(old)),
                GenuineWebhook.of("receipt in a form", posted(now.encode(), "application/x-www-form-urlencoded"), told)
                        .signedInParameter("sig")
                        .tooOld(posted(old.encode(), "application/x-www-form-urlencoded")),
                GenuineWebhook.of("receipt in JSON", posted(json(now), "application/json"), told)
                        .signedInParameter("sig")
                        .tooOld(posted(json(old), "application/json")));
    }

    private static ApiReply answer(String message) {
        return ApiReply.json(200, "{\"message-count\":\"1\",\"messages\":[{" + message + "}]}");
    }

    private static ApiReply report(String records) {
        return ApiReply.json(200, "{\"request_status\":\"SUCCESS\",\"records\":[" + records + "]}");
    }

    private static String record(String id, AttemptId reference) {
        return "{\"message_id\":\"" + id + "\",\"client_ref\":\"" + reference + "\",\"status\":\"delivered\"}";
    }

    private static String id(int number) {
        return "0A%014X".formatted(number);
    }

    private static WebhookRequest inQuery(Form form) {
        return new WebhookRequest("GET", URL + "?" + form.encode(), Map.of(), new byte[0]);
    }

    private static WebhookRequest posted(String body, String type) {
        return new WebhookRequest(
                "POST", URL, Map.of("Content-Type", List.of(type)), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Form form) {
        return form.fields().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** https://developer.vonage.com/getting-started/concepts/signing-messages, read 2026-11. */
    private static Form signed(Form form, Instant at) {
        Form unsigned = form.with("timestamp", String.valueOf(at.getEpochSecond()));
        String text = unsigned.fields().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(field -> "&" + field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining());
        byte[] signature = SignatureMethod.SHA256.sign(text, SIGNATURE_SECRET);
        return unsigned.with("sig", HexFormat.of().formatHex(signature));
    }
}
