package io.github.smsdispatch.googleverify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.provider.ApiCall;
import io.github.smsdispatch.testkit.provider.ApiReply;
import io.github.smsdispatch.testkit.provider.SmsProviderContract;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

@DisplayName("googleverify, up to ten codes a call")
class GoogleVerifyContractTest extends SmsProviderContract {
    @Override
    protected SmsProviderFactory factory() {
        return new GoogleVerifyProviderFactory();
    }

    @Override
    protected Map<String, String> settings(String baseUrl) {
        return Map.of("base-url", baseUrl, "api-key", Accounts.API_KEY);
    }

    /** The text is the server's business; what kind of code it is makes the hand-over. */
    @Override
    protected Submission submission(int number, String text) {
        return new Submission(
                AttemptId.create(),
                PhoneNumber.parse("+447700900%03d".formatted(number)),
                null,
                text,
                Segments.of(text),
                Duration.ofHours(1),
                Accounts.CONFIRMED);
    }

    @Override
    protected String messageId(Submission submission) {
        return submission.reference().toString();
    }

    @Override
    protected ApiReply accepts(ApiCall call) {
        return answer(200, call, Set.of(), "");
    }

    @Override
    protected ApiReply refuses(ApiCall call, Set<Integer> refused) {
        return answer(400, call, refused, "phone_number_invalid");
    }

    @Override
    protected ApiReply refusesWith(ApiCall call, String code) {
        return answer(400, call, Set.copyOf(call.numbers()), code);
    }

    @Override
    protected ApiReply knows(ApiCall call, List<SentAttempt> asked) {
        return claimed();
    }

    @Override
    protected ApiReply knowsNothingOf(ApiCall call, List<SentAttempt> asked) {
        return ApiReply.json(404, Accounts.error("code_not_found"));
    }

    @Override
    protected ApiReply finds(ApiCall call, DoubtfulAttempt attempt) {
        return claimed();
    }

    /** The server is asked for one code, and answers about that. */
    @Override
    protected @Nullable ApiReply findsAnother(ApiCall call, DoubtfulAttempt attempt, DoubtfulAttempt other) {
        return null;
    }

    @Override
    protected ApiReply findsNothing(ApiCall call, DoubtfulAttempt attempt) {
        return ApiReply.json(404, Accounts.error("code_not_found"));
    }

    /** Issued items and refused ones, as one answer. */
    String body(List<String> items) {
        return Accounts.batch(items);
    }

    private ApiReply answer(int status, ApiCall call, Set<Integer> refused, String code) {
        Map<Integer, String> uuids = uuids(Json.read(call.body()));
        return ApiReply.json(
                status,
                body(call.numbers().stream()
                        .map(number -> refused.contains(number)
                                ? Accounts.error(code)
                                : Accounts.issued(uuids.getOrDefault(
                                        number, AttemptId.create().toString())))
                        .toList()));
    }

    /** The references in a request, by the last three digits of the number. */
    private static Map<Integer, String> uuids(JsonNode request) {
        var uuids = new HashMap<Integer, String>();
        for (JsonNode order : request.has("codes") ? request.path("codes") : List.of(request)) {
            uuids.put(
                    numberOf(PhoneNumber.parse(order.path("phone").asText())),
                    order.path("uuid").asText());
        }
        return uuids;
    }

    private static ApiReply claimed() {
        return ApiReply.json(
                200, "{\"claimed\":true,\"expiresAtTimestamp\":1795256100,\"longExpiresAtTimestamp\":1795341600}");
    }
}
