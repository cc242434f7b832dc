package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
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
import java.util.List;
import java.util.Map;
import java.util.Set;

class AfricasTalkingContractTest extends SmsProviderContract {
    @Override
    protected SmsProviderFactory factory() {
        return new AfricasTalkingProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of(
                "base-url", baseUrl,
                "username", Accounts.USERNAME,
                "api-key", Accounts.API_KEY,
                "webhook-secret", Accounts.WEBHOOK_SECRET);
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
        return entries(call, refused, "403");
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return entries(call, Set.copyOf(call.numbers()), "\"" + code + "\"");
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        String id = Answer.id(7);
        Form form = Form.empty().with("id", id).with("status", "Success").with("phoneNumber", Accounts.number(1));
        var request = new WebhookRequest(
                "POST",
                "https://example.com/sms/africastalking/" + Accounts.WEBHOOK_SECRET,
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                form.encode().getBytes(StandardCharsets.UTF_8));
        var receipt = new Receipt(
                ProviderAccount.of("africastalking"), id, null, ReceiptState.DELIVERED, "Success", null, null);
        return List.of(GenuineWebhook.of("receipt", request, receipt).withSecretInUrl(Accounts.WEBHOOK_SECRET));
    }

    private static ApiReply entries(ApiCall call, Set<Integer> refused, String code) {
        return ApiReply.json(
                201,
                Answer.sent(call.numbers().stream()
                        .map(number -> entry(number, refused.contains(number) ? code : "102"))
                        .toArray(String[]::new)));
    }

    private static String entry(int number, String code) {
        boolean accepted = code.equals("102");
        return "{\"statusCode\":" + code + ",\"number\":\"+447700900%03d\"".formatted(number)
                + ",\"cost\":\"0\",\"status\":\"" + (accepted ? "Success" : "No") + "\",\"messageId\":\""
                + (accepted ? Answer.id(number) : "None") + "\"}";
    }
}
