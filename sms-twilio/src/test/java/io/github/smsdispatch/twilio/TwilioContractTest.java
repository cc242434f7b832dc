package io.github.smsdispatch.twilio;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.testkit.provider.ApiCall;
import io.github.smsdispatch.testkit.provider.ApiReply;
import io.github.smsdispatch.testkit.provider.GenuineWebhook;
import io.github.smsdispatch.testkit.provider.SmsProviderContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;

class TwilioContractTest extends SmsProviderContract {
    @Override
    protected SmsProviderFactory factory() {
        return new TwilioProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of(
                "base-url", baseUrl,
                "lookup-base-url", baseUrl,
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
    protected ApiReply findsOnTwoPages(ApiCall call, DoubtfulAttempt attempt, ApiReply second) {
        return call.mentions("PageToken=")
                ? second
                : ApiReply.json(
                        200,
                        "{\"messages\":[],\"next_page_uri\":\"/2010-04-01/Accounts/" + Accounts.ACCOUNT_SID
                                + "/Messages.json?PageSize=50&Page=1&PageToken=PASM1\"}");
    }

    @Override
    protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return page("");
    }

    @Override
    protected ApiReply checks(ApiCall call) {
        return ApiReply.json(200, "{\"valid\":true,\"validation_errors\":[],\"line_type_intelligence\":null}");
    }

    @Override
    protected ApiReply onlyLogPage(ApiCall call) {
        return page(message(sid(1), "", Instant.now().minus(Duration.ofMinutes(30))));
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        ProviderAccount account = ProviderAccount.of("twilio");
        return List.of(
                genuine(
                        "receipt",
                        "MessageSid=SM1&MessageStatus=delivered&To=%2B447700900123&ApiVersion=2010-04-01",
                        new Receipt(
                                account,
                                "SM1",
                                SignedWebhooks.REFERENCE,
                                ReceiptState.DELIVERED,
                                "delivered",
                                null,
                                null)),
                genuine(
                        "text",
                        "MessageSid=SM2&SmsStatus=received&From=%2B447700900123&To=%2B12025550100&Body=Stop+that"
                                + "&OptOutType=STOP",
                        new InboundText(account, "SM2", "+447700900123", "+12025550100", "Stop that", null, null),
                        new ConsentChange(
                                account,
                                "SM2",
                                PhoneNumber.parse("+447700900123"),
                                ConsentChange.Consent.WITHDRAWN,
                                "+12025550100")));
    }

    private static GenuineWebhook genuine(String what, String form, WebhookEvent... events) {
        return GenuineWebhook.of(what, SignedWebhooks.form(form), events)
                .signedInHeader("X-Twilio-Signature")
                .urlSigned()
                .signedBy(body -> SignedWebhooks.form(new String(body, StandardCharsets.UTF_8)));
    }

    private static ApiReply page(String message) {
        return ApiReply.json(200, "{\"messages\":[" + message + "],\"next_page_uri\":null}");
    }

    private static String message(String sid, String text, Instant created) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(created.atOffset(ZoneOffset.UTC));
        return "{\"sid\":\"" + sid + "\",\"status\":\"delivered\",\"direction\":\"outbound-api\",\"body\":\"" + text
                + "\",\"date_created\":\"" + date + "\",\"date_sent\":\"" + date + "\"}";
    }

    private static String sid(int number) {
        return "SM%032x".formatted(number);
    }
}
