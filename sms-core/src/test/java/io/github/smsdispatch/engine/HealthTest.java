package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The health of an account")
class HealthTest {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private Instant now = START;
    private final Health health =
            new Health(() -> now, () -> 0, new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1)));

    @Test
    @DisplayName("is good at first: everything there is room for may be risked")
    void atFirst() {
        assertThat(health.isUp()).isTrue();
        assertThat(health.trouble()).isNull();
        assertThat(health.availableAt()).isBefore(now);
        assertThat(health.allowance(4, 0)).isEqualTo(4);
        assertThat(health.allowance(4, 3)).isEqualTo(1);
        assertThat(health.allowance(4, 4)).isZero();
        assertThat(health.allowance(4, 5)).isZero();
    }

    @Nested
    @DisplayName("is damped:")
    class Damped {
        @Test
        @DisplayName("four failures in a row are not enough to leave it alone")
        void fourFailures() {
            fail(4);
            assertThat(health.isUp()).isTrue();
            assertThat(health.allowance(4, 0)).isEqualTo(4);
            assertThat(health.trouble()).isEqualTo("down");
        }

        @Test
        @DisplayName("a fifth among the last ten is")
        void fiveOfTen() {
            for (int i = 0; i < 5; i++) {
                health.succeeded();
            }
            fail(4);
            assertThat(health.isUp()).isTrue();
            fail(1);
            assertThat(health.isUp()).isFalse();
            assertThat(health.allowance(4, 0)).isZero();
            assertThat(health.availableAt()).isEqualTo(now.plusSeconds(10));
        }

        @Test
        @DisplayName("failures that lie further back are forgotten")
        void oldFailures() {
            fail(4);
            for (int i = 0; i < 10; i++) {
                health.succeeded();
            }
            fail(4);
            assertThat(health.isUp()).isTrue();
        }

        @Test
        @DisplayName("a success ends the trouble that is shown")
        void success() {
            fail(1);
            health.succeeded();
            assertThat(health.trouble()).isNull();
        }
    }

    @Nested
    @DisplayName("after an outage")
    class AfterAnOutage {
        @Test
        @DisplayName("is tried with nothing until the pause is over, and then with one message at a time")
        void probe() {
            fail(5);
            pass(Duration.ofSeconds(10).minusNanos(1));
            assertThat(health.allowance(4, 0)).isZero();
            pass(Duration.ofNanos(1));
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            assertThat(health.allowance(4, 1)).isZero();
            assertThat(health.isUp()).isFalse();
        }

        @Test
        @DisplayName("is good again when a probe succeeds, and its next outage begins with the shortest pause")
        void recovers() {
            fail(5);
            failedProbe();
            pass(Duration.ofMinutes(1));
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            health.succeeded();
            assertThat(health.isUp()).isTrue();
            assertThat(health.trouble()).isNull();
            assertThat(health.allowance(4, 0)).isEqualTo(4);

            fail(5);
            assertThat(pause()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        @DisplayName("is left alone twice as long after each failed probe, up to the longest pause")
        void pausesDouble() {
            fail(5);
            assertThat(pause()).isEqualTo(Duration.ofSeconds(10));
            failedProbe();
            assertThat(pause()).isEqualTo(Duration.ofSeconds(20));
            failedProbe();
            assertThat(pause()).isEqualTo(Duration.ofSeconds(40));
            failedProbe();
            assertThat(pause()).isEqualTo(Duration.ofMinutes(1));
            failedProbe();
            assertThat(pause()).isEqualTo(Duration.ofMinutes(1));
        }

        @Test
        @DisplayName("is not left alone longer for failures of what was under way when it began")
        void stragglers() {
            fail(5);
            pass(Duration.ofSeconds(3));
            fail(20);
            assertThat(health.availableAt()).isEqualTo(START.plusSeconds(10));
            pass(Duration.ofSeconds(7));
            failedProbe();
            assertThat(pause()).isEqualTo(Duration.ofSeconds(20));
        }

        @Test
        @DisplayName(
                "is not left alone longer for them after the pause either, and not probed before they are all back")
        void lateStragglers() {
            fail(5);
            pass(Duration.ofSeconds(30));
            assertThat(health.allowance(4, 2)).isZero();
            fail(1);
            health.refusedAccount("suspended");
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            fail(1);
            assertThat(pause()).isEqualTo(Duration.ofSeconds(20));
        }

        @Test
        @DisplayName("is not good again because of what was under way when it began")
        void lateSuccess() {
            fail(5);
            health.succeeded();
            assertThat(health.isUp()).isFalse();
            assertThat(health.allowance(4, 0)).isZero();
        }

        private void failedProbe() {
            pass(pause());
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            fail(1);
        }
    }

    @Nested
    @DisplayName("when it asks us to slow down")
    class Throttled {
        @Test
        @DisplayName("is left alone as long as it says, and counts as up")
        void asLongAsItSays() {
            health.throttled(Duration.ofSeconds(30));
            assertThat(health.isUp()).isTrue();
            assertThat(health.allowance(4, 0)).isZero();
            assertThat(health.availableAt()).isEqualTo(now.plusSeconds(30));
            pass(Duration.ofSeconds(30));
            assertThat(health.allowance(4, 0)).isEqualTo(4);
        }

        @Test
        @DisplayName("without saying how long, is left alone longer each time until it takes a message")
        void longerEachTime() {
            health.throttled(null);
            assertThat(pause()).isEqualTo(Duration.ofSeconds(10));
            pass(pause());
            health.throttled(null);
            assertThat(pause()).isEqualTo(Duration.ofSeconds(20));
            pass(pause());
            health.succeeded();
            health.throttled(null);
            assertThat(pause()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        @DisplayName("never shortens a pause that it already has")
        void neverShorter() {
            health.throttled(Duration.ofSeconds(30));
            health.throttled(Duration.ofSeconds(5));
            assertThat(pause()).isEqualTo(Duration.ofSeconds(30));
        }

        @Test
        @DisplayName("for a day, is tried after a quarter of an hour, with one message at a time until it takes one")
        void forADay() {
            health.throttled(Duration.ofHours(24));
            assertThat(pause()).isEqualTo(Duration.ofMinutes(15));
            health.succeeded();
            pass(pause());
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            assertThat(health.allowance(4, 1)).isZero();
            health.throttled(Duration.ofHours(23));
            assertThat(pause()).isEqualTo(Duration.ofMinutes(15));
            pass(pause());
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            health.succeeded();
            assertThat(health.allowance(4, 0)).isEqualTo(4);
        }

        @Test
        @DisplayName("in answer to a probe, is probed again with one message after that pause")
        void throttledProbe() {
            fail(5);
            pass(pause());
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            health.throttled(Duration.ofSeconds(7));
            assertThat(health.allowance(4, 0)).isZero();
            pass(Duration.ofSeconds(7));
            assertThat(health.isUp()).isFalse();
            assertThat(health.allowance(4, 0)).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("when it refuses our account")
    class AccountRefused {
        @Test
        @DisplayName("is bad at once")
        void atOnce() {
            health.refusedAccount("suspended");
            assertThat(health.isUp()).isFalse();
            assertThat(health.trouble()).isEqualTo("suspended");
            assertThat(health.allowance(4, 0)).isZero();
            assertThat(pause()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        @DisplayName("is left alone longer when a probe finds it still refused, not when others under way do")
        void stillRefused() {
            health.refusedAccount("suspended");
            health.refusedAccount("suspended");
            assertThat(pause()).isEqualTo(Duration.ofSeconds(10));
            pass(pause());
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            health.refusedAccount("suspended");
            assertThat(pause()).isEqualTo(Duration.ofSeconds(20));
        }
    }

    @Nested
    @DisplayName("tells whoever watches it")
    class Watched {
        private final List<String> told = new ArrayList<>();

        Watched() {
            health.watchedBy((up, trouble, availableAt) -> told.add((up ? "up" : "down") + " " + trouble + " "
                    + Duration.between(START, availableAt).toSeconds()));
        }

        @Test
        @DisplayName("once that it is down, and once that it is up again")
        void oncePerChange() {
            fail(20);
            assertThat(told).containsExactly("down down 10");
            pass(pause());
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            health.failed("still down");
            pass(pause());
            assertThat(health.allowance(4, 0)).isEqualTo(1);
            health.succeeded();
            health.succeeded();
            assertThat(told).containsExactly("down down 10", "up null 30");
            health.refusedAccount("suspended");
            health.refusedAccount("suspended");
            assertThat(told).hasSize(3).last().isEqualTo("down suspended 40");
        }

        @Test
        @DisplayName("nothing of a failure that does not bring it down, nor of a wish to slow down")
        void nothingElse() {
            fail(4);
            health.throttled(Duration.ofHours(1));
            health.succeeded();
            assertThat(told).isEmpty();
        }

        @Test
        @DisplayName("outside its lock")
        void outsideTheLock() {
            var locked = new AtomicBoolean();
            health.watchedBy((up, trouble, availableAt) -> locked.set(Thread.holdsLock(health)));
            health.refusedAccount("suspended");
            assertThat(locked).isFalse();
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            health.failed("down");
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Duration pause() {
        return Duration.between(now, health.availableAt());
    }
}
