package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The rate of an account")
class RateTest {
    @ParameterizedTest(name = "{0} a second")
    @ValueSource(ints = {10, 11, 15, 19, 20, 25, 99, 100, 101, 999, 1_000, 123_457})
    @DisplayName("is what was set and nothing less, a tenth of a second's worth or a little more at a time")
    void asSet(int perSecond) {
        var config = DispatchEngineBuilder.rateLimiter(perSecond).getConfig();
        assertThat(config.getMaxPermits() * 1e9 / config.getPeriod().toNanos())
                .isCloseTo(perSecond, within(perSecond * 1e-5));
        assertThat(config.getPeriod()).isBetween(Duration.ofMillis(100), Duration.ofMillis(182));
    }

    @ParameterizedTest(name = "{0} a second")
    @ValueSource(ints = {1, 2, 5, 9})
    @DisplayName("is evenly spread where it is small")
    void small(int perSecond) {
        assertThat(DispatchEngineBuilder.rateLimiter(perSecond).getConfig().getMaxRate())
                .isEqualTo(Duration.ofSeconds(1).dividedBy(perSecond));
    }
}
