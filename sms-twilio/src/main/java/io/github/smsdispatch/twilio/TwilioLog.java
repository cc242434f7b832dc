package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the account's message list by time. The filter {@code DateSent} is documented for days in GMT ("on or before
 * midnight"), while the API's description gives it the type date-time (Twilio docs, Messages resource, read 2026-11). So
 * it is given times with a day to spare at the end, which holds whichever of the two the server goes by, and what lies
 * outside is sorted out here.
 */
final class TwilioLog {
    private static final Duration SPARE = Duration.ofDays(1);

    /** Before Twilio was founded. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** The last that four digits can write. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final TwilioReceipts receipts;
    private final TwilioRequests requests;
    private final TwilioList list;

    TwilioLog(TwilioReceipts receipts, TwilioRequests requests, TwilioList list) {
        this.receipts = receipts;
        this.requests = requests;
        this.list = list;
    }

    LogAnswer read(Instant from, Instant until, @Nullable String cursor) {
        if (cursor != null && !requests.isPage(cursor)) {
            return Outcomes.ofLog(TwilioList.ELSEWHERE);
        }
        ExchangeRequest request =
                cursor == null ? requests.log(clip(from), clip(clip(until).plus(SPARE))) : requests.page(cursor);
        return page(list.read(request), from, until);
    }

    /** What is on a page of what was sent in that time. */
    LogAnswer page(TwilioList.Answer answer, Instant from, Instant until) {
        if (answer.failed() != null) {
            return Outcomes.ofLog(answer.failed());
        }
        @Nullable String next = answer.next();
        if (next != null && !requests.isPage(next)) {
            return Outcomes.ofLog(TwilioList.ELSEWHERE);
        }
        List<Receipt> found = new ArrayList<>();
        for (JsonNode message : answer.messages()) {
            if (isSent(message) && isWithin(message, from, until)) {
                receipts.of(null, message).ifPresent(found::add);
            }
        }
        return new LogAnswer.Page(found, next);
    }

    /** Not a text that came in. */
    private static boolean isSent(JsonNode message) {
        @Nullable String direction = Json.text(message, "direction");
        return direction == null || direction.startsWith("outbound");
    }

    /** One that is not sent yet goes by its creation; one without times is kept: too often does no harm. */
    private static boolean isWithin(JsonNode message, Instant from, Instant until) {
        Optional<Instant> time =
                TwilioReceipts.date(message, "date_sent").or(() -> TwilioReceipts.date(message, "date_created"));
        return time.map(at -> !at.isBefore(from) && at.isBefore(until)).orElse(true);
    }

    private static Instant clip(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
