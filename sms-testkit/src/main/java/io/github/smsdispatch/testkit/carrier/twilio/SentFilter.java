package io.github.smsdispatch.testkit.carrier.twilio;

import io.github.smsdispatch.testkit.carrier.wire.Form;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * When a message in the log must have been sent. Read once for a request, not for each message: a log is long.
 *
 * @param earliest inclusive; null: there is no filter
 * @param latest inclusive
 */
record SentFilter(@Nullable Instant earliest, Instant latest) {
    /**
     * Both bounds are inclusive, whole days in GMT or points in time.
     *
     * @throws DateTimeException for what is no date
     */
    static SentFilter of(Form query) {
        String on = query.get("DateSent");
        String from = query.get("DateSent>");
        String until = query.get("DateSent<");
        if (on == null && from == null && until == null) {
            return new SentFilter(null, Instant.MAX);
        }
        return new SentFilter(
                later(on == null ? Instant.MIN : earliest(on), from == null ? Instant.MIN : earliest(from)),
                earlier(on == null ? Instant.MAX : latest(on), until == null ? Instant.MAX : latest(until)));
    }

    /**
     * Whether the filter lets it through. One that is not sent yet matches no filter by date: the documentation does not say,
     * and this is the harder case for a client.
     *
     * @param sent null: it will never be sent
     */
    boolean matches(@Nullable Instant sent, Instant now) {
        return earliest == null
                || (sent != null && !sent.isAfter(now) && !sent.isBefore(earliest) && !sent.isAfter(latest));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant earliest(String date) {
        return date.contains("T")
                ? time(date)
                : LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Instant latest(String date) {
        return date.contains("T")
                ? time(date)
                : LocalDate.parse(date)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .minusNanos(1);
    }

    /** In GMT unless it names a zone; Twilio's SDK for Java (13.0.1) names none. */
    private static Instant time(String text) {
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }
}
