package io.github.smsdispatch.vonage;

import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SentAttempt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks hand-overs up in the Reports API: by id, or by recipient and time where there is none. */
final class VonageLookups {
    /** Most ids of one report request. */
    static final int MAX_IDS = 20;

    /** Longest time of one report request (Vonage docs, Reports API overview, read 2026-11). */
    static final Duration MAX_WINDOW = Duration.ofHours(24);

    /**
     * How far Vonage's clock and the store's may be apart. Generous, because a message outside the time would pass for
     * one not taken, while one too many is sorted out by our reference; small enough that one request does.
     */
    private static final Duration CLOCK_SKEW = Duration.ofHours(6);

    private final VonageReports reports;
    private final VonageReports otherReports;

    /**
     * @param reports of the API that sends now
     * @param otherReports of the other one
     */
    VonageLookups(VonageReports reports, VonageReports otherReports) {
        this.reports = reports;
        this.otherReports = otherReports;
    }

    /** One answer for each attempt, whatever number of parts each has. */
    List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        List<String> ids = attempts.stream()
                .flatMap(attempt -> attempt.providerMessageIds().stream())
                .distinct()
                .toList();
        Map<String, Receipt> found = new HashMap<>();
        Map<String, LookupAnswer> gaps = new HashMap<>();
        for (int from = 0; from < ids.size(); from += MAX_IDS) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + MAX_IDS));
            VonageReports.Report report = reports.read(reports.byId(chunk));
            report.receipts().forEach(receipt -> found.put(receipt.providerMessageId(), receipt));
            @Nullable LookupAnswer gap = report.gap();
            if (gap != null) {
                chunk.forEach(id -> gaps.put(id, gap));
            }
        }
        return attempts.stream().map(attempt -> answer(attempt, found, gaps)).toList();
    }

    /**
     * Searches by recipient and time, and goes by our reference. What the other API sent is searched too before absence
     * is said: the account may have been switched over after the hand-over.
     */
    LookupAnswer find(DoubtfulAttempt attempt) {
        for (VonageReports of : List.of(reports, otherReports)) {
            LookupAnswer answer = find(of, attempt);
            if (!(answer instanceof LookupAnswer.Absent)) {
                return answer;
            }
        }
        return new LookupAnswer.Absent();
    }

    private static LookupAnswer find(VonageReports reports, DoubtfulAttempt attempt) {
        Map<String, Receipt> hits = new LinkedHashMap<>();
        // Whole seconds, which is what a report is asked for in; its end is exclusive.
        Instant from = attempt.startedAt().minus(CLOCK_SKEW).truncatedTo(ChronoUnit.SECONDS);
        Instant end = attempt.endedAt()
                .plus(CLOCK_SKEW)
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(1);
        while (from.isBefore(end)) {
            Instant to = from.plus(MAX_WINDOW).isBefore(end) ? from.plus(MAX_WINDOW) : end;
            VonageReports.Report report = reports.read(reports.byRecipient(attempt.recipient(), from, to));
            report.receipts().stream()
                    .filter(receipt -> attempt.reference().equals(receipt.reference()))
                    .forEach(receipt -> hits.put(receipt.providerMessageId(), receipt));
            if (report.gap() != null) {
                // Part of the hits may be missing, and with it parts of the text.
                return report.gap();
            }
            from = to;
        }
        return hits.isEmpty() ? new LookupAnswer.Absent() : new LookupAnswer.Found(List.copyOf(hits.values()));
    }

    private static LookupAnswer answer(
            SentAttempt attempt, Map<String, Receipt> found, Map<String, LookupAnswer> gaps) {
        var receipts = new ArrayList<Receipt>();
        for (String id : attempt.providerMessageIds()) {
            Receipt receipt = found.get(id);
            if (receipt != null) {
                receipts.add(receipt);
            }
        }
        if (!receipts.isEmpty()) {
            return new LookupAnswer.Found(receipts);
        }
        return attempt.providerMessageIds().stream()
                .map(gaps::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(LookupAnswer.Absent::new);
    }
}
