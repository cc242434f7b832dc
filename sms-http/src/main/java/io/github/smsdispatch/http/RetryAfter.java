package io.github.smsdispatch.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header (RFC 9110 section 10.2.3), as it is: outcomes and answers clip it. */
public final class RetryAfter {
    /** What stands for more digits than a {@link Duration} can be sure to hold; about 31 years. */
    private static final Duration ENDLESS = Duration.ofSeconds(999_999_999);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private RetryAfter() {}

    /**
     * How long the server wants to be left alone. A date is taken relative to the answer's own {@code Date}, so that
     * clocks which disagree do no harm, and relative to this machine's clock where there is none.
     *
     * @return negative if the date is past; null where the header is absent or cannot be read
     */
    public static @Nullable Duration of(ExchangeResult.Answered answer) {
        return answer.header("Retry-After")
                .map(value -> read(
                        value.strip(),
                        answer.header("Date").flatMap(RetryAfter::date).orElseGet(Instant::now)))
                .orElse(null);
    }

    private static @Nullable Duration read(String value, Instant now) {
        if (value.matches("[0-9]+")) {
            return value.length() > 9 ? ENDLESS : Duration.ofSeconds(Long.parseLong(value));
        }
        return date(value).map(at -> Duration.between(now, at)).orElse(null);
    }

    /** An HTTP date ends in GMT (RFC 9110 section 5.6.7); Go programs that format RFC 1123 in UTC write UTC there. */
    private static Optional<Instant> date(String value) {
        String stripped = value.strip();
        String date = stripped.endsWith(" UTC") ? stripped.substring(0, stripped.length() - 3) + "GMT" : stripped;
        try {
            return Optional.of(ZonedDateTime.parse(date, HTTP_DATE).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
