package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A sending time")
class SendingTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T22:30:15Z");

    @ParameterizedTest(name = "\"{0}\" is {1}")
    @CsvSource({
        "'', 2026-11-21T22:30:15Z",
        "now, 2026-11-21T22:30:15Z",
        "' NOW ', 2026-11-21T22:30:15Z",
        "today, 2026-11-21T00:00:00Z",
        "tomorrow, 2026-11-22T00:00:00Z",
        "yesterday, 2026-11-20T00:00:00Z",
        "2031-05-01 08:30, 2031-05-01T08:30:00Z",
        "2031-05-01 08:30:07, 2031-05-01T08:30:07Z",
        "2031-05-01T08:30, 2031-05-01T08:30:00Z",
        "2031-05-01T08:30:07.250, 2031-05-01T08:30:07.250Z",
        "2031-05-01T08:30:00Z, 2031-05-01T08:30:00Z",
        "2031-05-01T08:30:00+03:00, 2031-05-01T05:30:00Z",
        "2031-05-01 08:30 +03:00, 2031-05-01T05:30:00Z",
        "2031-05-01T08:30:00+0300, 2031-05-01T05:30:00Z",
    })
    @DisplayName("is a word, a timestamp or nothing")
    void utc(String cell, Instant expected) {
        assertThat(SendingTime.parse(cell, NOW, ZoneId.of("UTC"))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "in {0} \"{1}\" is {2}")
    @CsvSource({
        // There it is the 22nd already.
        "Africa/Nairobi, today, 2026-11-21T21:00:00Z",
        "Africa/Nairobi, tomorrow, 2026-11-22T21:00:00Z",
        "Africa/Nairobi, 2026-11-22 09:00, 2026-11-22T06:00:00Z",
        "America/New_York, today, 2026-11-21T05:00:00Z",
        "America/New_York, yesterday, 2026-11-20T05:00:00Z",
        // An offset in the cell counts, wherever the file was written.
        "America/New_York, 2026-11-22T09:00+03:00, 2026-11-22T06:00:00Z",
        // Clocks go forward at 02:00: 02:30 does not exist and moves on to 03:30.
        "America/New_York, 2027-03-14 02:30, 2027-03-14T07:30:00Z",
        // Clocks go back at 02:00: 01:30 comes twice, the first counts.
        "America/New_York, 2027-11-07 01:30, 2027-11-07T05:30:00Z",
    })
    @DisplayName("without an offset is local time")
    void zones(String zone, String cell, Instant expected) {
        assertThat(SendingTime.parse(cell, NOW, ZoneId.of(zone))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // Beirut: clocks went forward at midnight, so that the day began at 01:00.
        "2022-03-26T12:00:00Z, 2022-03-26T22:00:00Z",
    })
    @DisplayName("\"tomorrow\" is the first moment of a day that has no midnight")
    void dayWithoutMidnight(Instant now, Instant expected) {
        assertThat(SendingTime.parse("tomorrow", now, ZoneId.of("Asia/Beirut"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "next Friday",
                "2027-02-30 09:00",
                "2027-05-02",
                "09:00",
                "2027-05-01 25:00",
                "01/05/2027 09:00",
                "1027-05-01 08:30",
                "9027-05-01 08:30",
                "2027-05-01T08:30:00+99:00"
            })
    @DisplayName("that is none of these is refused without repeating it")
    void refused(String cell) {
        assertThatThrownBy(() -> SendingTime.parse(cell, NOW, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(cell);
    }
}
