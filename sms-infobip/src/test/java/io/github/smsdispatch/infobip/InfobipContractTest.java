package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Json;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

class InfobipContractTest extends SmsProviderContract {
    private static final AttemptId REFERENCE = AttemptId.parse("01920000-0000-7000-8000-000000000007");

    @Override
    protected SmsProviderFactory factory() {
        return new InfobipProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of(
                "base-url", baseUrl, "api-key", Accounts.API_KEY, "from", "AcmeInc", "webhook-secret", Accounts.SECRET);
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return refuses(call, Set.of());
    }

    @Override
    protected String messageId(Submission submission) {
        return submission.reference().toString();
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return messages(call, refused, status(5, "REJECTED", 52, "REJECTED_DESTINATION"));
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return messages(
                call,
                Set.copyOf(call.numbers()),
                "{\"groupId\":5,\"groupName\":\"REJECTED\",\"id\":\"" + code + "\",\"name\":\"REJECTED_NEWLY\"}");
    }

    @Override
    protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
        return log(asked.stream().map(attempt -> attempt.reference()).toList());
    }

    @Override
    protected ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
        return log(List.of());
    }

    @Override
    protected ApiReply finds(ApiCall call, DoubtfulAttempt attempt) {
        return log(List.of(attempt.reference()));
    }

    @Override
    protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return log(List.of());
    }

    @Override
    protected ApiReply onlyLogPage(ApiCall call) {
        return log(List.of(REFERENCE));
    }

    @Override
    protected ApiReply checks(ApiCall call) {
        return ApiReply.json(
                200,
                call.numbers().stream()
                        .map(number -> "{\"to\":\"447700900%03d\",\"status\":".formatted(number)
                                + status(3, "DELIVERED", 5, "DELIVERED_TO_HANDSET") + "}")
                        .collect(Collectors.joining(",", "{\"results\":[", "]}")));
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        var request = new WebhookRequest(
                "POST",
                Accounts.CALLBACK + "?token=" + Accounts.SECRET,
                Map.of("Content-Type", List.of("application/json")),
                log(List.of(REFERENCE)).body().getBytes(StandardCharsets.UTF_8));
        var receipt = new Receipt(
                ProviderAccount.of("infobip"),
                REFERENCE.toString(),
                REFERENCE,
                ReceiptState.DELIVERED,
                "DELIVERED_TO_HANDSET",
                null,
                null);
        return List.of(GenuineWebhook.of("report", request, receipt).withSecretInUrl(Accounts.SECRET));
    }

    private static ApiReply messages(ApiCall call, Set<Integer> refused, String refusal) {
        var results = new ArrayList<String>();
        for (JsonNode message : Json.read(call.body()).path("messages")) {
            JsonNode destination = message.path("destinations").path(0);
            String to = destination.path("to").asText();
            int number = Integer.parseInt(to.substring(to.length() - 3));
            if (call.numbers().contains(number)) {
                results.add("{\"messageId\":\"" + destination.path("messageId").asText() + "\",\"destination\":\"" + to
                        + "\",\"status\":"
                        + (refused.contains(number) ? refusal : status(1, "PENDING", 26, "PENDING_ACCEPTED")) + "}");
            }
        }
        return ApiReply.json(200, "{\"bulkId\":\"1\",\"messages\":[" + String.join(",", results) + "]}");
    }

    private static ApiReply log(List<AttemptId> references) {
        return ApiReply.json(
                200,
                references.stream()
                        .map(reference -> "{\"messageId\":\"" + reference + "\",\"status\":"
                                + status(3, "DELIVERED", 5, "DELIVERED_TO_HANDSET") + "}")
                        .collect(Collectors.joining(",", "{\"results\":[", "]}")));
    }

    private static String status(int groupId, String groupName, int id, String name) {
        return "{\"groupId\":%d,\"groupName\":\"%s\",\"id\":%d,\"name\":\"%s\"}"
                .formatted(groupId, groupName, id, name);
    }
}
