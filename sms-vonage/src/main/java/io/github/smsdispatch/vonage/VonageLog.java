package io.github.smsdispatch.vonage;

import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an account sent out of the Reports API: a window of at most a day after the other, each page by page. Times
 * are widened to whole seconds, which is what a report is asked for in.
 *
 * <p>A window that Vonage does not report in full is read again in halves; what was read of it comes twice, which the
 * contract of the log allows.
 */
final class VonageLog {
    /** A window's first second, its seconds, and where a page of it begins: {@code 1600000000+86400?cursor=…&iv=…}. */
    private static final Pattern CURSOR = Pattern.compile("(-?[0-9]{1,11})\\+([0-9]{1,5})(\\?.{1,10000})?");

    private record Reading(Instant from, Duration length, VonageReports.@Nullable Place place) {
        String cursor() {
            String window = from.getEpochSecond() + "+" + length.toSeconds();
            return place == null
                    ? window
                    : window + "?"
                            + Form.empty()
                                    .with("cursor", place.cursor())
                                    .with("iv", place.iv())
                                    .encode();
        }
    }

    private final VonageReports reports;

    VonageLog(VonageReports reports) {
        this.reports = reports;
    }

    LogAnswer read(Instant from, Instant until, @Nullable String cursor) {
        Instant first = from.truncatedTo(ChronoUnit.SECONDS);
        Instant end = until.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        if (!first.isBefore(end)) {
            return new LogAnswer.Page(List.of(), null);
        }
        Optional<Reading> reading = cursor == null
                ? Optional.of(new Reading(first, VonageLookups.MAX_WINDOW, null))
                : reading(cursor)
                        .filter(at -> !at.from().isBefore(first) && at.from().isBefore(end));
        return reading.map(at -> page(at, end))
                .orElseGet(() -> new LogAnswer.Failed(null, "the cursor is none of this log and this time", null));
    }

    private LogAnswer page(Reading at, Instant end) {
        Instant to = at.from().plus(at.length());
        to = to.isBefore(end) ? to : end;
        VonageReports.Page page = reports.page(reports.byTime(at.from(), to), at.place());
        LookupAnswer.@Nullable Failed failure = page.failure();
        if (failure != null) {
            return Outcomes.ofLog(failure);
        }
        Duration half = Duration.ofSeconds(Duration.between(at.from(), to).toSeconds() / 2);
        if (page.isTruncated() && !half.isZero()) {
            return new LogAnswer.Page(page.receipts(), new Reading(at.from(), half, null).cursor());
        }
        if (page.next() != null) {
            return new LogAnswer.Page(page.receipts(), new Reading(at.from(), at.length(), page.next()).cursor());
        }
        if (page.isTruncated()) {
            return new LogAnswer.Failed("200", "the report of one second is not complete", null);
        }
        @Nullable String next = to.isBefore(end) ? new Reading(to, longer(at.length()), null).cursor() : null;
        return new LogAnswer.Page(page.receipts(), next);
    }

    /** Back to whole days by and by: what was too much in one hour need not be in the next. */
    private static Duration longer(Duration length) {
        Duration twice = length.multipliedBy(2);
        return twice.compareTo(VonageLookups.MAX_WINDOW) < 0 ? twice : VonageLookups.MAX_WINDOW;
    }

    private static Optional<Reading> reading(String cursor) {
        Matcher parts = CURSOR.matcher(cursor);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Duration length = Duration.ofSeconds(Long.parseLong(parts.group(2)));
        if (length.isZero() || length.compareTo(VonageLookups.MAX_WINDOW) > 0) {
            return Optional.empty();
        }
        @Nullable String place = parts.group(3);
        return place(place == null ? "" : place)
                .map(at -> new Reading(
                        Instant.ofEpochSecond(Long.parseLong(parts.group(1))),
                        length,
                        at.cursor().isEmpty() ? null : at));
    }

    /** Without a cursor in it: the first page. Empty: it is malformed. */
    private static Optional<VonageReports.Place> place(String query) {
        try {
            Form form = Form.queryOf(query);
            return Optional.of(new VonageReports.Place(
                    form.first("cursor").orElse(""), form.first("iv").orElse("")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
