package io.github.smsdispatch.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header (RFC 9110 section 10.2.3). */
public final class RetryAfter {
    /** A longer wait than this is cut: no provider limit outlasts a day. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private RetryAfter() {}

    /**
     * How long the server wants to be left alone. A date is taken relative to the answer's own {@code Date}, so that
     * clocks which disagree do no harm, and relative to this machine's clock where there is none.
     *
     * @return zero to {@link #LONGEST}; null where the header is absent or cannot be read
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
            return clip(value.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(value)));
        }
        return date(value).map(at -> clip(Duration.between(now, at))).orElse(null);
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.strip(), HTTP_DATE).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Zero to {@link #LONGEST}. */
    public static Duration clip(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
