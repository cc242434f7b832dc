package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A sound provider with all capabilities")
class GatewayContractTest extends SmsProviderContract {
    private static final String KEY = "not-a-real-key";

    @Override
    protected SmsProviderFactory factory() {
        return new GatewayFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of("url", baseUrl, "key", KEY);
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return refuses(call, Set.of());
    }

    @Override
    protected String messageId(Submission submission) {
        return "g-" + numberOf(submission.recipient());
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return messages(call, refused, "bad_number");
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return messages(call, Set.copyOf(call.numbers()), code);
    }

    @Override
    protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
        return list(asked.stream()
                .map(attempt -> attempt.providerMessageIds().get(0))
                .toList());
    }

    @Override
    protected ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
        return list(List.of());
    }

    @Override
    protected ApiReply finds(ApiCall call, DoubtfulAttempt attempt) {
        return page("{\"id\":\"g-1\",\"ref\":\"" + attempt.reference() + "\",\"status\":\"delivered\"}", false);
    }

    @Override
    protected ApiReply findsOnTwoPages(ApiCall call, DoubtfulAttempt attempt, ApiReply second) {
        return call.mentions("page=1") ? page("", true) : second;
    }

    @Override
    protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return list(List.of());
    }

    @Override
    protected ApiReply checks(ApiCall call) {
        return ApiReply.json(
                200,
                call.numbers().stream()
                        .map("\"447700900%03d\""::formatted)
                        .collect(Collectors.joining(",", "{\"good\":[", "]}")));
    }

    @Override
    protected ApiReply onlyLogPage(ApiCall call) {
        return list(List.of("g-1", "g-2"));
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        ProviderAccount account = ProviderAccount.of("gateway");
        String text = "{\"id\":\"i-1\",\"from\":\"+447700900321\",\"to\":\"60777\",\"text\":\"Stop that\"}";
        var receipt = new Receipt(account, "g-7", null, ReceiptState.DELIVERED, "delivered", null, null);
        var inbound = new InboundText(account, "i-1", "+447700900321", "60777", "Stop that", null, null);
        return List.of(
                genuine("receipt", "{\"id\":\"g-7\"}", receipt),
                genuine("inbound text", text, inbound),
                inForm(receipt));
    }

    private static GenuineWebhook inForm(Receipt receipt) {
        String id = receipt.providerMessageId();
        String form = "id=" + id + "&sig=" + GatewayWebhooks.signature(KEY, Map.of("id", id));
        var request = new WebhookRequest(
                "POST",
                "https://example.com/gateway",
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                form.getBytes(StandardCharsets.UTF_8));
        return GenuineWebhook.of("receipt in a form", request, receipt).signedInParameter(GatewayWebhooks.FIELD);
    }

    static GenuineWebhook genuine(String what, String body, WebhookEvent event) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return GenuineWebhook.of(what, signed(bytes, Instant.now()), event)
                .signedInHeader(GatewayWebhooks.SIGNATURE)
                .tooOld(signed(bytes, Instant.now().minus(Duration.ofHours(1))))
                .signedBy(other -> signed(other, Instant.now()));
    }

    private static WebhookRequest signed(byte[] body, Instant at) {
        String signature = GatewayWebhooks.sign(KEY, at.toString(), body);
        return new WebhookRequest(
                "POST",
                "https://example.com/gateway",
                Map.of(GatewayWebhooks.TIME, List.of(at.toString()), GatewayWebhooks.SIGNATURE, List.of(signature)),
                body);
    }

    private static ApiReply messages(ApiCall call, Set<Integer> refused, String code) {
        return ApiReply.json(
                200,
                call.numbers().stream()
                        .map(number -> "{\"to\":\"447700900%03d\",".formatted(number)
                                + (refused.contains(number) ? "\"error\":\"" + code : "\"id\":\"g-" + number)
                                + "\"}")
                        .collect(Collectors.joining(",", "{\"messages\":[", "]}")));
    }

    private static ApiReply page(String message, boolean more) {
        return ApiReply.json(200, "{\"messages\":[" + message + "],\"more\":" + more + "}");
    }

    private static ApiReply list(List<String> ids) {
        return ApiReply.json(
                200,
                ids.stream()
                        .map("{\"id\":\"%s\",\"status\":\"delivered\"}"::formatted)
                        .collect(Collectors.joining(",", "{\"messages\":[", "]}")));
    }
}
