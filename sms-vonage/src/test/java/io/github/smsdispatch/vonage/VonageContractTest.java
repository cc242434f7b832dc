package io.github.smsdispatch.vonage;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.provider.ApiCall;
import io.github.smsdispatch.testkit.provider.ApiReply;
import io.github.smsdispatch.testkit.provider.GenuineWebhook;
import io.github.smsdispatch.testkit.provider.SmsProviderContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

@DisplayName("vonage, SMS API")
class VonageContractTest extends SmsProviderContract {
    private static final String MOBILE = "{\"name\":\"Acme Mobile\",\"network_type\":\"MOBILE\","
            + "\"network_code\":\"23499\",\"status\":{\"code\":\"OK\"}}";

    @Override
    protected SmsProviderFactory factory() {
        return new VonageProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.ofEntries(
                Map.entry("api", api()),
                Map.entry("base-url", baseUrl),
                Map.entry("messages-base-url", baseUrl),
                Map.entry("api-base-url", baseUrl),
                Map.entry("insights-base-url", baseUrl),
                Map.entry("api-key", Accounts.API_KEY),
                Map.entry("api-secret", Accounts.API_SECRET),
                Map.entry("application-id", Accounts.APPLICATION_ID),
                Map.entry("private-key", Accounts.privateKeyPem()),
                Map.entry("from", "AcmeInc"),
                Map.entry("signature-secret", GenuineWebhooks.SECRET),
                Map.entry("signature-method", "sha256"),
                Map.entry("webhook-max-age", GenuineWebhooks.MAX_AGE.toString()));
    }

    /** Which API sends. */
    String api() {
        return "sms";
    }

    @Override
    protected List<String> furtherSecrets() {
        return List.of(Accounts.API_KEY);
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return answer("\"status\":\"0\",\"message-id\":\"" + messageId(call.number()) + "\"");
    }

    @Override
    protected String messageId(Submission submission) {
        return messageId(numberOf(submission.recipient()));
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return refusesWith(call, "33");
    }

    /** The key is the account's name; its secret goes with it. */
    @Override
    protected Set<String> publicSettings() {
        return Set.of("api-key");
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
        return report(record(messageId(1), attempt.reference()));
    }

    /** Both APIs are asked, in turn: the pages are those of the one that sends. */
    @Override
    protected ApiReply findsOnTwoPages(ApiCall call, DoubtfulAttempt attempt, ApiReply second) {
        if (!call.mentions("product=" + (api().equals("sms") ? "SMS" : "MESSAGES"))) {
            return report("");
        }
        return call.mentions("cursor=abc")
                ? second
                : ApiReply.json(
                        200,
                        "{\"request_status\":\"SUCCESS\",\"records\":[],\"cursor\":\"abc\",\"iv\":\"def\",\"_links\":"
                                + "{\"next\":{\"href\":\"https://api.example.com/v2/reports/records?cursor=abc&iv=def\"}}}");
    }

    @Override
    protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return report("");
    }

    @Override
    protected ApiReply checks(ApiCall call) {
        return ApiReply.json(
                200,
                "{\"request_id\":\"r\",\"insights\":{\"format\":{\"is_format_valid\":true,\"status\":{\"code\":\"OK\"}},"
                        + "\"original_carrier\":" + MOBILE + ",\"current_carrier\":" + MOBILE + "}}");
    }

    @Override
    protected ApiReply onlyLogPage(ApiCall call) {
        return report(record(messageId(1), GenuineWebhooks.REFERENCE));
    }

    /** From whichever API: the dashboard decides that. */
    @Override
    protected List<GenuineWebhook> webhooks() {
        return Stream.concat(GenuineWebhooks.ofTheSmsApi().stream(), GenuineWebhooks.ofTheMessagesApi().stream())
                .toList();
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

    /** The id that goes with a number. */
    String messageId(int number) {
        return "0A%014X".formatted(number);
    }
}
