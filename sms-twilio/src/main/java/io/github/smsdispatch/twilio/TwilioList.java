package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.LookupAnswer;
import org.jspecify.annotations.Nullable;

/** Reads pages of the account's message list. */
final class TwilioList {
    /** Credentials go to no address that an answer or a cursor names. */
    static final LookupAnswer.Failed ELSEWHERE =
            new LookupAnswer.Failed(null, "the address of the next page is not in the account's message list", null);

    /**
     * A page, or why there is none.
     *
     * @param messages missing where it failed
     * @param next as the answer says it; null: it was the last page
     * @param failed null: it did not fail
     */
    record Answer(JsonNode messages, @Nullable String next, LookupAnswer.@Nullable Failed failed) {
        static Answer failed(LookupAnswer.Failed why) {
            return new Answer(MissingNode.getInstance(), null, why);
        }
    }

    private final ProviderHttp http;

    TwilioList(ProviderHttp http) {
        this.http = http;
    }

    Answer read(ExchangeRequest request) {
        return answer(http.exchange(request, ProviderHttp.LOG_MAX_BODY));
    }

    /** What came of asking for a page. */
    static Answer answer(ExchangeResult result) {
        if (!(result instanceof ExchangeResult.Answered answered) || !answered.isSuccess()) {
            return Answer.failed(Outcomes.ofLookup(result));
        }
        JsonNode body = Json.read(answered.body());
        JsonNode messages = body.path("messages");
        if (!messages.isArray()) {
            return Answer.failed(
                    new LookupAnswer.Failed(String.valueOf(answered.status()), "the answer is no message list", null));
        }
        return new Answer(messages, Json.text(body, "next_page_uri"), null);
    }
}
