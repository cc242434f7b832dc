package io.github.smsdispatch.infobip;

import io.github.smsdispatch.AttemptId;
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
import io.github.smsdispatch.testkit.provider.ApiCall;
import io.github.smsdispatch.testkit.provider.ApiReply;
import io.github.smsdispatch.testkit.provider.GenuineWebhook;
import io.github.smsdispatch.testkit.provider.SmsProviderContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

class InfobipContractTest extends SmsProviderContract {
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("infobip");

    /** A message of a request: the last three digits of its number, the id that we gave it, and its text. */
    private static final Pattern MESSAGE = Pattern.compile(
            "\"to\":\"447700900([0-9]{3})\",\"messageId\":\"([0-9a-f-]{36})\"}],\"content\":\\{\"text\":\"([^\"]*)\"");

    @Override
    protected SmsProviderFactory factory() {
        return new InfobipProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of(
                "base-url",
                baseUrl,
                "api-key",
                Accounts.API_KEY,
                "from",
                "AcmeInc",
                "webhook-secret",
                Accounts.SECRET,
                "callback-url",
                Accounts.CALLBACK);
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return refuses(call, Set.of());
    }

    /** The id is the one that we gave it. */
    @Override
    protected String messageId(Submission submission) {
        return submission.reference().toString();
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return answer(call, number -> refused.contains(number) ? "\"groupId\":5,\"id\":52" : "\"groupId\":1,\"id\":26");
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return answer(call, number -> "\"groupId\":5,\"id\":\"" + code + "\"");
    }

    @Override
    protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
        return results(asked, attempt -> entry(attempt.providerMessageIds().get(0)));
    }

    @Override
    protected ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
        return results(List.of(), Object::toString);
    }

    @Override
    protected ApiReply finds(ApiCall call, DoubtfulAttempt attempt) {
        return results(List.of(attempt.reference()), reference -> entry(reference.toString()));
    }

    @Override
    protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return results(List.of(), Object::toString);
    }

    @Override
    protected ApiReply checks(ApiCall call) {
        return results(
                call.numbers(),
                number -> "{\"to\":\"447700900%03d\",\"mccMnc\":\"23415\",\"status\":{\"groupId\":3,\"id\":5}}"
                        .formatted(number));
    }

    @Override
    protected ApiReply onlyLogPage(ApiCall call) {
        return results(List.of(Batches.id(1), Batches.id(2)), InfobipContractTest::entry);
    }

    @Override
    protected List<GenuineWebhook> webhooks() {
        String text =
                """
                {"messageId":"817790313235066447","from":"447700900007","to":"447700900999",
                 "text":"Komme gleich vorbei","receivedAt":"2026-11-20T12:00:00.000+0100"}""";
        var inbound = new InboundText(
                ACCOUNT,
                "817790313235066447",
                "+447700900007",
                "+447700900999",
                "Komme gleich vorbei",
                null,
                Instant.parse("2026-11-20T11:00:00Z"));
        return List.of(
                posted("reports", List.of(report(1), report(2)), receipt(1), receipt(2)),
                posted("text", List.of(text), inbound),
                posted("text and report", List.of(text, report(3)), inbound, receipt(3)));
    }

    private static GenuineWebhook posted(String what, List<String> entries, WebhookEvent... events) {
        byte[] body = results(entries, Function.identity()).body().getBytes(StandardCharsets.UTF_8);
        var request = new WebhookRequest(
                "POST",
                Accounts.CALLBACK + "?token=" + Accounts.SECRET,
                Map.of("Content-Type", List.of("application/json")),
                body);
        return GenuineWebhook.of(what, request, events).withSecretInUrl(Accounts.SECRET);
    }

    private static String report(int place) {
        String tag = new CallbackTag(Accounts.SECRET).write(AttemptId.parse(Batches.id(place)));
        return entry(Batches.id(place)).replaceFirst("\\{", "{\"callbackData\":\"" + tag + "\",");
    }

    private static Receipt receipt(int place) {
        return new Receipt(
                ACCOUNT,
                Batches.id(place),
                AttemptId.parse(Batches.id(place)),
                ReceiptState.DELIVERED,
                "DELIVERED_TO_HANDSET",
                null,
                Instant.parse("2026-11-20T11:00:00Z"));
    }

    /** As the log and reports have it; the log does not look at the time asked for, nor does it have to. */
    private static String entry(String id) {
        return """
                {"messageId":"%s","to":"447700900123","doneAt":"2026-11-20T12:00:00.000+0100","messageCount":1,
                 "status":{"groupId":3,"id":5,"name":"DELIVERED_TO_HANDSET","description":"to 447700900123"},
                 "error":{"id":0,"name":"NO_ERROR"},"content":{"text":"Your table is booked"}}"""
                .formatted(id);
    }

    /** With descriptions that repeat number and text. */
    private static ApiReply answer(ApiCall call, IntFunction<String> status) {
        Map<Integer, String> ids = new HashMap<>();
        Map<Integer, String> texts = new HashMap<>();
        Matcher message = MESSAGE.matcher(call.body());
        while (message.find()) {
            ids.put(Integer.valueOf(message.group(1)), message.group(2));
            texts.put(Integer.valueOf(message.group(1)), message.group(3));
        }
        return ApiReply.json(
                200,
                call.numbers().stream()
                        .map(number -> "{\"messageId\":\"%s\",\"destination\":\"447700900%03d\",\"status\":{%s,"
                                        .formatted(ids.getOrDefault(number, "not-ours"), number, status.apply(number))
                                + "\"description\":\"%s to 447700900%03d\"},\"details\":{\"messageCount\":1}}"
                                        .formatted(texts.get(number), number))
                        .collect(Collectors.joining(",", "{\"bulkId\":\"2034072219640523072\",\"messages\":[", "]}")));
    }

    private static <T> ApiReply results(List<T> of, Function<? super T, String> entry) {
        return ApiReply.json(200, of.stream().map(entry).collect(Collectors.joining(",", "{\"results\":[", "]}")));
    }
}
