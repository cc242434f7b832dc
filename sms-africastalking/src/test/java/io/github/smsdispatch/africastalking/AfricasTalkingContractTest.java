package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.testkit.provider.ApiCall;
import io.github.smsdispatch.testkit.provider.ApiReply;
import io.github.smsdispatch.testkit.provider.GenuineWebhook;
import io.github.smsdispatch.testkit.provider.SmsProviderContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

class AfricasTalkingContractTest extends SmsProviderContract {
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("africastalking");
    private static final String IN_PATH = "https://example.com/sms/africastalking/" + Accounts.WEBHOOK_SECRET;
    private static final String IN_QUERY = "https://example.com/sms/africastalking?key=" + Accounts.WEBHOOK_SECRET;

    @Override
    protected SmsProviderFactory factory() {
        return new AfricasTalkingProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Accounts.withCredentials(
                Map.of("base-url", baseUrl, "from", "AcmeInc", "webhook-secret", Accounts.WEBHOOK_SECRET));
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return refuses(call, Set.of());
    }

    @Override
    protected String messageId(Submission submission) {
        return Answer.id(numberOf(submission.recipient()));
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return answer(call, number -> refused.contains(number) ? no(call, number, "406") : yes(number));
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return answer(call, number -> no(call, number, "\"" + code + "\""));
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        Form failed = Form.empty()
                .with("id", Answer.id(7))
                .with("status", "Failed")
                .with("phoneNumber", "+447700900007")
                .with("networkCode", "99999")
                .with("failureReason", "UserInBlackList")
                .with("retryCount", "0");
        Form text = Form.empty()
                .with("date", "2026-11-01 10:00:00")
                .with("from", "+447700900007")
                .with("to", "20880")
                .with("id", "b8d2c0c0-1234")
                .with("linkId", "SampleLinkId123")
                .with("text", "Habari za asubuhi + 100 %");
        Form optOut = Form.empty().with("senderId", "AcmeInc").with("phoneNumber", "+447700900007");
        Form subscription = Form.empty()
                .with("phoneNumber", "+447700900007")
                .with("shortCode", "20880")
                .with("keyword", "news")
                .with("updateType", "addition");
        var receipt = new Receipt(
                ACCOUNT,
                Answer.id(7),
                null,
                ReceiptState.UNDELIVERED,
                "Failed",
                "UserInBlackList",
                FailureReason.OPTED_OUT,
                null);
        var inbound = new InboundText(
                ACCOUNT,
                "b8d2c0c0-1234",
                "+447700900007",
                "20880",
                "Habari za asubuhi + 100 %",
                null,
                Instant.parse("2026-11-01T10:00:00Z"));
        var withdrawn = new ConsentChange(
                ACCOUNT, null, PhoneNumber.parse("+447700900007"), ConsentChange.Consent.WITHDRAWN, "AcmeInc");
        return List.of(
                GenuineWebhook.of("receipt", posted(IN_PATH, failed), receipt).withSecretInUrl(Accounts.WEBHOOK_SECRET),
                GenuineWebhook.of("receipt, secret in the query", posted(IN_QUERY, failed), receipt)
                        .withSecretInUrl(Accounts.WEBHOOK_SECRET),
                GenuineWebhook.of("text", posted(IN_PATH, text), inbound).withSecretInUrl(Accounts.WEBHOOK_SECRET),
                GenuineWebhook.of("opt-out", posted(IN_PATH, optOut), withdrawn)
                        .withSecretInUrl(Accounts.WEBHOOK_SECRET),
                GenuineWebhook.of("premium subscription", posted(IN_PATH, subscription))
                        .withSecretInUrl(Accounts.WEBHOOK_SECRET));
    }

    private static ApiReply answer(ApiCall call, IntFunction<String> entries) {
        return ApiReply.json(
                201, Answer.sent(call.numbers().stream().map(entries::apply).toArray(String[]::new)));
    }

    private static String yes(int number) {
        return Answer.entry(102, "+447700900%03d".formatted(number), "GBP 0.0400", "Success", Answer.id(number));
    }

    /** With a word that repeats all that was sent, percent-encoded. */
    private static String no(ApiCall call, int number, String code) {
        return "{\"statusCode\":%s,\"number\":\"+447700900%03d\",\"cost\":\"0\",\"status\":\"%s\",\"messageId\":\"None\"}"
                .formatted(code, number, call.body());
    }

    private static WebhookRequest posted(String url, Form fields) {
        return new WebhookRequest(
                "POST",
                url,
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                fields.encode().getBytes(StandardCharsets.UTF_8));
    }
}
