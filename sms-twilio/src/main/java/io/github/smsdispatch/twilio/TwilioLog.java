package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Searches the account's message list for a hand-over. The list has no filter for a reference, a text or a time of
 * creation (Twilio docs, Messages resource, read 2026-11), so it is read by recipient, newest first, until it is older
 * than the hand-over. That order is customary but not documented: as soon as it is broken, only the end of the list
 * proves anything.
 */
final class TwilioLog {
    private static final int MAX_PAGES = 20;

    private final ProviderAccount account;
    private final TwilioRequests requests;
    private final ProviderHttp http;

    TwilioLog(ProviderAccount account, TwilioRequests requests, ProviderHttp http) {
        this.account = account;
        this.requests = requests;
        this.http = http;
    }

    LookupAnswer find(DoubtfulAttempt attempt) {
        var search = new TwilioLogSearch(account, attempt);
        ExchangeRequest request = requests.list(attempt.recipient().e164());
        for (int page = 0; page < MAX_PAGES; page++) {
            ExchangeResult result = http.exchange(request, ProviderHttp.LOG_MAX_BODY);
            if (!(result instanceof ExchangeResult.Answered answer) || !answer.isSuccess()) {
                return Outcomes.ofLookup(result);
            }
            JsonNode body = Json.read(answer.body());
            if (!body.path("messages").isArray()) {
                return new LookupAnswer.Failed(String.valueOf(answer.status()), "the answer is no message list", null);
            }
            body.path("messages").forEach(search::add);
            @Nullable String next = Json.text(body, "next_page_uri");
            if (search.isPastTheAttempt() || next == null) {
                return search.answer();
            }
            if (!next.startsWith("/") || next.startsWith("//")) {
                return new LookupAnswer.Failed(null, "the address of the next page is not relative to the host", null);
            }
            request = requests.page(next);
        }
        return new LookupAnswer.Failed(null, "the hand-over was not reached within " + MAX_PAGES + " pages", null);
    }
}
