package io.github.smsdispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The throughput of an account")
class ThroughputTest {
    private static final Duration TENTH = Duration.ofMillis(100);

    private final TestClock clock = new TestClock();
    private final Throughput throughput = new Throughput(clock);

    @Test
    @DisplayName("is what lately ended, as far as there was time to see it")
    void measured() {
        assertThat(throughput.in(TENTH)).isZero();
        throughput.ended(1000);
        assertThat(throughput.in(TENTH)).isZero();
        run(20, 50, Duration.ofMillis(50));
        assertThat(throughput.in(TENTH)).isBetween(99, 100);
        run(20, 5, Duration.ofMillis(50));
        assertThat(throughput.in(TENTH)).isEqualTo(10);
    }

    @Test
    @DisplayName("is next to nothing where hours lie between two hand-overs")
    void rare() {
        run(20, 50, Duration.ofMillis(50));
        run(10, 1, Duration.ofHours(1));
        assertThat(throughput.in(TENTH)).isZero();
    }

    @Test
    @DisplayName("is not disturbed by a clock that is set back")
    void setBack() {
        run(20, 50, Duration.ofMillis(50));
        clock.advance(Duration.ofHours(-1));
        throughput.ended(50);
        run(20, 50, Duration.ofMillis(50));
        assertThat(throughput.in(TENTH)).isBetween(99, 100);
    }

    private void run(int windows, int messages, Duration window) {
        for (int i = 0; i < windows; i++) {
            clock.advance(window);
            throughput.ended(messages);
        }
    }
}
