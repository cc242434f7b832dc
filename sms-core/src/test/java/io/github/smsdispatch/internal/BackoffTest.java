package io.github.smsdispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Pauses")
class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(2));

    @ParameterizedTest(name = "after {0} earlier ones: {1}")
    @CsvSource({
        "-1,         PT5S",
        "0,          PT5S",
        "1,          PT10S",
        "2,          PT20S",
        "3,          PT40S",
        "4,          PT80S",
        "5,          PT2M",
        "6,          PT2M",
        "30,         PT2M",
        "31,         PT2M",
        "64,         PT2M",
        "2147483647, PT2M"
    })
    @DisplayName("double up to the longest, however many there were")
    void doubling(int earlier, Duration pause) {
        assertThat(backoff.after(earlier)).isEqualTo(pause);
    }

    @Test
    @DisplayName("do not overflow where the longest is far away")
    void noOverflow() {
        Duration most = Duration.ofSeconds(Long.MAX_VALUE);
        var far = new Backoff(Duration.ofDays(1), most);
        assertThat(far.after(30)).isEqualTo(Duration.ofDays(1L << 30));
        assertThat(far.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofDays(1L << 30));
    }

    @Test
    @DisplayName("are the longest that a clock can count where they are beyond it")
    void saturated() {
        var longest = new Backoff(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
        assertThat(longest.after(40, () -> 0)).isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
    }

    @Test
    @DisplayName("stay the same where the first is the longest")
    void constant() {
        var constant = new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(constant.after(0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(constant.after(9)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @DisplayName("are shortened by up to a fifth by chance, so that what failed together does not come back together")
    void jitter() {
        assertThat(backoff.after(2, () -> 0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(backoff.after(2, () -> -1)).isEqualTo(Duration.ofMillis(16_001));
        var random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.after(2, random)).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(20));
        }
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S"})
    @DisplayName("must be positive, and the longest not below the first")
    void bounds(Duration first, Duration most) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(first, most))
                .withMessage("pauses must be positive, and the longest not below the first");
    }
}
