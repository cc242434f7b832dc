package com.example.acme;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All that the author of a provider says about its API; the tests come with the class it extends. */
class AcmeContractTest extends SmsProviderContract {
    private static final String SECRET = "not-a-real-secret";
    private static final AttemptId REFERENCE = AttemptId.parse("01920000-0000-7000-8000-000000000007");

    /** A message of a request: our reference, and the last three digits of the number. */
    private static final Pattern MESSAGE =
            Pattern.compile("\"ref\":\"([^\"]+)\",\"to\":\"\\+447700900([0-9]{3})\"");

    @Override
    protected SmsProviderFactory factory() {
        return new AcmeProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of("base-url", baseUrl, "api-key", "not-a-real-key", "from", "Acme", "webhook-secret", SECRET);
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return results(call, Set.of(), "");
    }

    @Override
    protected String messageId(Submission submission) {
        return "acme-" + numberOf(submission.recipient());
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return results(call, refused, "bad-number");
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return results(call, Set.copyOf(call.numbers()), code);
    }

    @Override
    protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
        return ApiReply.json(
                200,
                asked.stream()
                        .map(attempt -> attempt.providerMessageIds().get(0))
                        .map("{\"id\":\"%s\",\"status\":\"delivered\"}"::formatted)
                        .collect(Collectors.joining(",", "{\"messages\":[", "]}")));
    }

    @Override
    protected ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
        return ApiReply.json(200, "{\"messages\":[]}");
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        byte[] body = ("{\"id\":\"acme-7\",\"ref\":\"" + REFERENCE
                        + "\",\"status\":\"failed\",\"error\":\"handset-off\",\"at\":\"2026-11-01T10:00:00Z\"}")
                .getBytes(StandardCharsets.UTF_8);
        var receipt = new Receipt(
                ProviderAccount.of("acme"),
                "acme-7",
                REFERENCE,
                ReceiptState.UNDELIVERED,
                "failed",
                "handset-off",
                FailureReason.UNAVAILABLE,
                Instant.parse("2026-11-01T10:00:00Z"));
        return List.of(GenuineWebhook.of("receipt", signed(body, Instant.now()), receipt)
                .signedInHeader("X-Acme-Signature")
                .tooOld(signed(body, Instant.now().minus(Duration.ofMinutes(6))))
                .signedBy(other -> signed(other, Instant.now())));
    }

    private static ApiReply results(ApiCall call, Set<Integer> refused, String code) {
        Matcher message = MESSAGE.matcher(call.body());
        return ApiReply.json(
                202,
                message.results()
                        .filter(match -> call.numbers().contains(Integer.valueOf(match.group(2))))
                        .map(match -> result(match.group(1), Integer.parseInt(match.group(2)), refused, code))
                        .collect(Collectors.joining(",", "{\"results\":[", "]}")));
    }

    private static String result(String reference, int number, Set<Integer> refused, String code) {
        String outcome = refused.contains(number) ? "\"error\":\"" + code + "\"" : "\"id\":\"acme-" + number + "\"";
        return "{\"ref\":\"" + reference + "\"," + outcome + "}";
    }

    private static WebhookRequest signed(byte[] body, Instant at) {
        String seconds = String.valueOf(at.getEpochSecond());
        String signature = "t=" + seconds + ",v1=" + HexFormat.of().formatHex(AcmeWebhooks.sign(SECRET, seconds, body));
        return new WebhookRequest(
                "POST", "https://example.com/sms/acme", Map.of("X-Acme-Signature", List.of(signature)), body);
    }
}
