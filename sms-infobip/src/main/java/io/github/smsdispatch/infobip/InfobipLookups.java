package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks messages up in the log, by the id that we gave them. The log holds 48 hours: of what is older, its silence says
 * nothing. Thread-safe.
 */
final class InfobipLookups {
    /** Ids of one request: they are 36 characters long, and 2,048 are allowed with the commas between them. */
    static final int MAX_IDS = 50;

    private static final int MAX_ID_CHARACTERS = 2_048;

    /** How far the log goes back: 48 hours. */
    private static final Duration LOG_AGE = Duration.ofDays(2);

    /** How much of that is not relied upon: clocks differ, and old entries may go early. */
    private static final Duration LOG_MARGIN = Duration.ofHours(1);

    private final InfobipRequests requests;
    private final InfobipLog log;
    private final InfobipReceipts receipts;
    private final InstantSource clock;

    InfobipLookups(InfobipRequests requests, InfobipLog log, InfobipReceipts receipts, InstantSource clock) {
        this.requests = requests;
        this.log = log;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** One answer for each attempt. */
    List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        Set<String> ids = new LinkedHashSet<>();
        attempts.forEach(attempt -> ids.addAll(attempt.providerMessageIds()));
        Map<String, LookupAnswer> answers = new HashMap<>();
        List<String> request = new ArrayList<>();
        for (String id : ids) {
            if (!request.isEmpty() && !fits(request, id)) {
                answers.putAll(ask(request));
                request.clear();
            }
            request.add(id);
        }
        if (!request.isEmpty()) {
            answers.putAll(ask(request));
        }
        return attempts.stream().map(attempt -> answer(attempt, answers)).toList();
    }

    /** Asks for our reference, which is Infobip's id. */
    LookupAnswer find(DoubtfulAttempt attempt) {
        String id = attempt.reference().toString();
        LookupAnswer answer = Objects.requireNonNull(ask(List.of(id)).get(id));
        return answer instanceof LookupAnswer.Absent
                        && attempt.startedAt()
                                .isBefore(clock.instant().minus(LOG_AGE).plus(LOG_MARGIN))
                ? new LookupAnswer.Unclear("not in the log, which holds 48 hours and may have forgotten it")
                : answer;
    }

    /** One page of the log; failed for what it does not hold any more, because an empty page would be a lie. */
    LogAnswer readLog(Instant from, Instant until, @Nullable String cursor) {
        if (from.isBefore(clock.instant().minus(LOG_AGE))) {
            return new LogAnswer.Failed(null, "the log goes back 48 hours and no further", null);
        }
        InfobipLog.Page page = log.read(requests.logBetween(from, until, cursor));
        LookupAnswer.@Nullable Failed failure = page.failure();
        if (failure != null) {
            return Outcomes.ofLog(failure);
        }
        List<Receipt> found = new ArrayList<>();
        for (JsonNode entry : page.results()) {
            if (isBetween(entry, from, until)) {
                receipts.of(entry).ifPresent(found::add);
            }
        }
        // What repeats itself or has run dry is no way on, whatever it says.
        boolean goesOn = !page.results().isEmpty() && !Objects.equals(page.next(), cursor);
        return new LogAnswer.Page(found, goesOn ? page.next() : null);
    }

    /** Whether the bounds of Infobip's filter are inclusive is not documented. */
    private static boolean isBetween(JsonNode entry, Instant from, Instant until) {
        @Nullable Instant sentAt = InfobipDates.read(entry, "sentAt");
        return sentAt == null || (!sentAt.isBefore(from) && sentAt.isBefore(until));
    }

    private static boolean fits(List<String> request, String id) {
        int characters = request.stream().mapToInt(each -> each.length() + 1).sum() + id.length();
        return request.size() < MAX_IDS && characters <= MAX_ID_CHARACTERS;
    }

    private Map<String, LookupAnswer> ask(List<String> ids) {
        InfobipLog.Page page = log.read(requests.logOf(ids));
        Map<String, Receipt> found = new HashMap<>();
        for (JsonNode entry : page.results()) {
            Optional<Receipt> receipt = receipts.of(entry);
            receipt.ifPresent(one -> found.merge(one.providerMessageId(), one, InfobipLookups::moreTelling));
        }
        LookupAnswer.@Nullable Failed failure = page.failure();
        LookupAnswer otherwise = failure != null
                ? failure
                : page.isFull()
                        ? new LookupAnswer.Unclear("the answer has more entries than were asked for")
                        : new LookupAnswer.Absent();
        Map<String, LookupAnswer> answers = new HashMap<>();
        for (String id : ids) {
            Receipt receipt = found.get(id);
            answers.put(id, receipt == null ? otherwise : new LookupAnswer.Found(List.of(receipt)));
        }
        return answers;
    }

    /** A second request with the same id, refused as such, is an entry as well and says nothing of the message. */
    private static Receipt moreTelling(Receipt a, Receipt b) {
        return a.state() == ReceiptState.UNKNOWN ? b : a;
    }

    /** Of several ids, which only another way of sending could have given, all that are known. */
    private static LookupAnswer answer(SentAttempt attempt, Map<String, LookupAnswer> answers) {
        var found = new ArrayList<Receipt>();
        LookupAnswer otherwise = new LookupAnswer.Absent();
        for (String id : attempt.providerMessageIds()) {
            LookupAnswer answer = Objects.requireNonNull(answers.get(id));
            if (answer instanceof LookupAnswer.Found known) {
                found.addAll(known.receipts());
            } else if (!(answer instanceof LookupAnswer.Absent)) {
                otherwise = answer;
            }
        }
        return found.isEmpty() ? otherwise : new LookupAnswer.Found(found);
    }
}
