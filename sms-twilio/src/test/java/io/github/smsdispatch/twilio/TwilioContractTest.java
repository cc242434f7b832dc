package io.github.smsdispatch.twilio;

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
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class TwilioContractTest extends SmsProviderContract {
    private static final String CALLBACK = "https://example.com/sms/twilio?ref=01920000-0000-7000-8000-000000000007";

    @Override
    protected SmsProviderFactory factory() {
        return new TwilioProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of(
                "base-url", baseUrl,
                "account-sid", Accounts.ACCOUNT_SID,
                "auth-token", Accounts.AUTH_TOKEN,
                "from", Accounts.FROM);
    }

    @Override
    protected List<String> furtherSecrets() {
        return List.of(Accounts.ACCOUNT_SID);
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return ApiReply.json(
                201, "{\"sid\":\"" + sid(call.number()) + "\",\"status\":\"queued\",\"num_segments\":\"1\"}");
    }

    @Override
    protected String messageId(Submission submission) {
        return sid(numberOf(submission.recipient()));
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return refusesWith(call, "21211");
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return ApiReply.json(400, "{\"code\":\"" + code + "\",\"message\":\"No.\",\"status\":400}");
    }

    @Override
    protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
        return ApiReply.json(200, message(asked.get(0).providerMessageIds().get(0), "", Instant.now()));
    }

    @Override
    protected ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
        return ApiReply.json(404, "{\"code\":20404,\"message\":\"Not found.\",\"status\":404}");
    }

    @Override
    protected ApiReply finds(ApiCall call, DoubtfulAttempt attempt) {
        return page(message(sid(1), attempt.text(), attempt.startedAt()));
    }

    @Override
    protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return page("");
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        return List.of(GenuineWebhook.of(
                        "receipt",
                        signed("MessageSid=SM1&MessageStatus=delivered&To=%2B447700900123&ApiVersion=2010-04-01"),
                        new Receipt(
                                ProviderAccount.of("twilio"),
                                "SM1",
                                AttemptId.parse("01920000-0000-7000-8000-000000000007"),
                                ReceiptState.DELIVERED,
                                "delivered",
                                null,
                                null))
                .signedInHeader("X-Twilio-Signature")
                .urlSigned()
                .signedBy(body -> signed(new String(body, StandardCharsets.UTF_8))));
    }

    private static ApiReply page(String message) {
        return ApiReply.json(200, "{\"messages\":[" + message + "],\"next_page_uri\":null}");
    }

    private static String message(String sid, String text, Instant created) {
        return "{\"sid\":\"" + sid + "\",\"status\":\"delivered\",\"direction\":\"outbound-api\",\"body\":\"" + text
                + "\",\"date_created\":\""
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(created.atOffset(ZoneOffset.UTC)) + "\"}";
    }

    private static String sid(int number) {
        return "SM%032x".formatted(number);
    }

    /** https://www.twilio.com/docs/usage/webhooks/webhooks-security, read 2026-11. */
    private static WebhookRequest signed(String body) {
        var text = new StringBuilder(CALLBACK);
        try {
            Form.decode(body).fields().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> text.append(field.getKey()).append(field.getValue()));
        } catch (IllegalArgumentException e) {
            text.append(body); // no form, so nobody can say what is signed
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Accounts.AUTH_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] signature = mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
            return new WebhookRequest(
                    "POST",
                    CALLBACK,
                    Map.of(
                            "X-Twilio-Signature", List.of(Base64.getEncoder().encodeToString(signature)),
                            "Content-Type", List.of("application/x-www-form-urlencoded")),
                    body.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
