package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.LookupAnswer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log, {@code GET /sms/3/logs}: what was sent in the last 48 hours, 120 requests a minute (OpenAPI document of
 * Infobip's SMS API 3.210.0, read 2026-11). Thread-safe.
 */
final class InfobipLog {
    /**
     * What one request gave.
     *
     * @param results an array of entries; empty where there is a failure
     * @param next the cursor of the next page; null: there is none
     * @param failure null: the page was read
     */
    record Page(JsonNode results, @Nullable String next, LookupAnswer.@Nullable Failed failure) {
        /** Whether there may be entries that it left out. */
        boolean isFull() {
            return results.size() >= InfobipRequests.PAGE_SIZE;
        }
    }

    private final Function<ExchangeRequest, ExchangeResult> exchange;

    /** @param exchange asks once, and takes pages of any size that the log may have */
    InfobipLog(Function<ExchangeRequest, ExchangeResult> exchange) {
        this.exchange = exchange;
    }

    Page read(ExchangeRequest request) {
        ExchangeResult result = exchange.apply(request);
        if (!(result instanceof ExchangeResult.Answered answer) || !answer.isSuccess()) {
            return failed(Outcomes.ofLookup(result));
        }
        JsonNode body = Json.read(answer.body());
        JsonNode results = body.path("results");
        if (!results.isArray()) {
            return failed(new LookupAnswer.Failed(
                    String.valueOf(answer.status()), "the answer is no list of messages", null));
        }
        return new Page(results, Json.text(body.path("cursor"), "nextCursor"), null);
    }

    private static Page failed(LookupAnswer.Failed failure) {
        return new Page(Json.read("[]"), null, failure);
    }
}
