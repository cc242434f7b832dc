package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SentAttempt;
import java.util.List;

/** Looks a message up by its SID. Not tried again here: the engine asks again in its own time. */
final class TwilioStatus {
    private final TwilioReceipts receipts;
    private final TwilioRequests requests;
    private final ProviderHttp http;

    TwilioStatus(TwilioReceipts receipts, TwilioRequests requests, ProviderHttp http) {
        this.receipts = receipts;
        this.requests = requests;
        this.http = http;
    }

    LookupAnswer of(SentAttempt attempt) {
        // Twilio gives one id, however many segments the text has.
        String sid = attempt.providerMessageIds().get(0);
        if (!TwilioIds.isSid(sid)) {
            return new LookupAnswer.Unclear("the id is no Twilio message SID");
        }
        ExchangeResult result = http.exchange(requests.fetch(sid));
        return result.fold(answered -> of(attempt, sid, answered), Outcomes::ofLookup, Outcomes::ofLookup);
    }

    LookupAnswer of(SentAttempt attempt, String sid, ExchangeResult.Answered answer) {
        JsonNode body = Json.read(answer.body());
        if (answer.isSuccess()) {
            return receipts.of(attempt.reference(), body)
                    .filter(receipt -> receipt.providerMessageId().equals(sid))
                    .<LookupAnswer>map(receipt -> new LookupAnswer.Found(List.<Receipt>of(receipt)))
                    .orElseGet(() -> new LookupAnswer.Failed(
                            String.valueOf(answer.status()), "the answer is not the message asked for", null));
        }
        // A bare 404 may come from anything on the way; with Twilio's own code it is about the message.
        if (answer.status() == 404 && "20404".equals(Json.text(body, "code"))) {
            return new LookupAnswer.Absent();
        }
        return Outcomes.ofLookup(answer);
    }
}
