package io.github.smsdispatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.LookupAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final String NOW = "Sat, 21 Nov 2026 10:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; PT0S",
                "7; PT7S",
                "' 7 '; PT7S",
                "86400; PT24H",
                "86401; PT24H",
                "99999999999999999999; PT24H",
                "Sat, 21 Nov 2026 10:01:30 GMT; PT1M30S",
                "Sat, 21 Nov 2026 10:01:30 UTC; PT1M30S",
                "Sat, 21 Nov 2026 09:00:00 GMT; PT0S",
                "Sat, 21 Nov 2099 09:00:00 GMT; PT24H"
            })
    void secondsAndDatesAreReadAndAnAnswerKeepsThemWithinADay(String value, Duration expected) {
        Duration wait = RetryAfter.of(answer(Map.of("Retry-After", List.of(value), "Date", List.of(NOW))));

        assertThat(new LookupAnswer.Failed("429", "throttled", wait).retryAfter())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "Sat, 21 Nov 2026", "UTC", "Sat, 21 Nov 2026 10:01:30UTC", "２"})
    void whatCannotBeReadIsNotThere(String value) {
        assertThat(RetryAfter.of(answer(Map.of("Retry-After", List.of(value))))).isNull();
    }

    @Test
    void noHeaderNoWait() {
        assertThat(RetryAfter.of(answer(Map.of()))).isNull();
    }

    @Test
    void withoutADateInTheAnswerThisMachinesClockIsTaken() {
        assertThat(RetryAfter.of(answer(Map.of("Retry-After", List.of("Sat, 21 Nov 2099 10:00:00 GMT")))))
                .isGreaterThan(Duration.ofDays(365));
    }

    private static ExchangeResult.Answered answer(Map<String, List<String>> headers) {
        return new ExchangeResult.Answered(429, headers, "");
    }
}
