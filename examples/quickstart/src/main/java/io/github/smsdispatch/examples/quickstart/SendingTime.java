package io.github.smsdispatch.examples.quickstart;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * The cell {@code sending_time}: a timestamp, nothing, or a word. A timestamp with an offset means that instant; one
 * without is local time in the given zone, where a time that a clock change skips moves on by the change, and one that
 * comes twice is its first.
 */
final class SendingTime {
    /** Date and time with a space or a T, seconds and their fraction as wanted, and perhaps an offset. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd[' ']['T']HH:mm[:ss[.SSSSSS][.SSS]][[' ']XXX][X]", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private SendingTime() {}

    /**
     * When a row may be sent.
     *
     * @param now what "now" and an empty cell mean, and what the days count from
     * @throws IllegalArgumentException if the cell is none of these; the message does not repeat it
     */
    static Instant parse(String cell, Instant now, ZoneId zone) {
        String text = cell.strip();
        LocalDate today = LocalDate.ofInstant(now, zone);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "now" -> now;
            case "today" -> startOf(today, zone);
            case "tomorrow" -> startOf(today.plusDays(1), zone);
            case "yesterday" -> startOf(today.minusDays(1), zone);
            default -> timestamp(text, zone);
        };
    }

    private static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static Instant timestamp(String text, ZoneId zone) {
        TemporalAccessor parsed;
        try {
            parsed = TIMESTAMP.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("is not a time such as 2027-05-01 08:30, now or tomorrow", e);
        }
        try {
            Instant instant = parsed instanceof OffsetDateTime time
                    ? time.toInstant()
                    : ((LocalDateTime) parsed).atZone(zone).toInstant();
            int year = LocalDate.ofInstant(instant, zone).getYear();
            if (year < FIRST_YEAR || year > LAST_YEAR) {
                throw new IllegalArgumentException("must lie between the years " + FIRST_YEAR + " and " + LAST_YEAR);
            }
            return instant;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no time that exists", e);
        }
    }
}
