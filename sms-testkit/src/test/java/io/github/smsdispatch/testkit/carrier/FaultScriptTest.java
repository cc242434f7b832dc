package io.github.smsdispatch.testkit.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A fault script")
class FaultScriptTest {
    @Test
    @DisplayName("as text says the same as one from the builder")
    void textAndBuilder() {
        var built = FaultScript.builder()
                .latency(Duration.ofMillis(20), Duration.ofMillis(80))
                .share(SubmissionFault.THROTTLE, 0.05)
                .share(SubmissionFault.HTTP503, 0.03)
                .share(SubmissionFault.LOSE_ANSWER, 0.02)
                .share(ReceiptFault.REPEAT_RECEIPT, 0.005)
                .undelivered(0.04)
                .refuse(0.01, Duration.ofMillis(500))
                .dark(200, 260)
                .dark(Duration.ofSeconds(10), Duration.ofSeconds(15))
                .build();

        var read = FaultScript.of("latency=20ms..80ms, throttle=5%,http503=3%,lose-answer=2%,repeat-receipt=0.5%,"
                + "undelivered=4%,refuse=1%/500ms,dark=200..260,dark=10s..15s");

        assertThat(read).hasToString(built.toString());
        assertThat(read.toString()).contains("throttle=5%", "dark=200..260", "dark=10000ms..15000ms");
    }

    @ParameterizedTest
    @DisplayName("reads what it writes")
    @ValueSource(
            strings = {
                "",
                "latency=5ms",
                "delivery=1s..2m,listing-lag=3s,no-final=1%,lookup503=10%",
                "http429=1%,error-after-accept=1%,drop-request=1%,stall=1%,garbage=1%",
                "lose-receipt=1%,early-receipt=2%,reorder-receipt=3%",
                "refuse=2%"
            })
    void roundTrip(String text) {
        String written = FaultScript.of(text).toString();

        assertThat(FaultScript.of(written)).hasToString(written);
    }

    @ParameterizedTest
    @DisplayName("says what is wrong with it")
    @CsvSource(
            delimiter = '|',
            value = {
                "thortle=5%            | unknown fault 'thortle' (known: latency,",
                "throttle=5            | throttle: '5' is no share such as 5%",
                "throttle=101%         | must be a share from 0 to 1",
                "latency=fast          | latency: 'fast' is no time such as 20ms",
                "latency=80ms..20ms    | must not be negative or run backwards",
                "latency=1s..2s..3s    | is no range such as 20ms..80ms",
                "dark=5                | neither times (10s..15s) nor submissions (200..260)",
                "dark=9..3             | must not run backwards",
                "stall=60%,garbage=60% | add up to more than 100%",
                "none                  | unknown fault 'none'"
            })
    void problems(String text, String message) {
        assertThatThrownBy(() -> FaultScript.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("names all of its problems at once")
    void allProblems() {
        assertThatThrownBy(() -> FaultScript.of("a=1%,throttle=x,latency=y"))
                .hasMessageContainingAll("unknown fault 'a'", "throttle: 'x'", "latency: 'y'");
    }
}
