package io.github.smsdispatch.twilio;

import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Searches the account's message list for a hand-over. The list has no filter for a reference, a text or a time of
 * creation (Twilio docs, Messages resource, read 2026-11), so it is read by recipient, newest first, until it is older
 * than the hand-over. That order is customary but not documented: as soon as it is broken, only the end of the list
 * proves anything.
 */
final class TwilioDoubts {
    private static final int MAX_PAGES = 20;

    private final TwilioReceipts receipts;
    private final TwilioRequests requests;
    private final TwilioList list;
    private final AddressRedaction redaction;

    TwilioDoubts(TwilioReceipts receipts, TwilioRequests requests, TwilioList list, AddressRedaction redaction) {
        this.redaction = redaction;
        this.receipts = receipts;
        this.requests = requests;
        this.list = list;
    }

    LookupAnswer find(DoubtfulAttempt attempt) {
        var search = new TwilioDoubtSearch(receipts, attempt);
        ExchangeRequest request = requests.list(attempt.recipient().e164());
        for (int page = 0; page < MAX_PAGES; page++) {
            TwilioList.Answer answer = list.read(request);
            if (answer.failed() != null) {
                return answer.failed();
            }
            answer.messages().forEach(search::add);
            @Nullable String next = answer.next();
            if (search.isPastTheAttempt() || next == null) {
                return answer(search);
            }
            if (!requests.isPage(next)) {
                return TwilioList.ELSEWHERE;
            }
            request = requests.page(next);
        }
        return new LookupAnswer.Unclear("the hand-over was not reached within " + MAX_PAGES + " pages");
    }

    private LookupAnswer answer(TwilioDoubtSearch search) {
        LookupAnswer answer = search.answer();
        return answer instanceof LookupAnswer.Absent && redaction.isSeen()
                ? new LookupAnswer.Unclear(
                        "not in the list, but the account's recipients are redacted, and it goes by them")
                : answer;
    }
}
