package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.store.PermitRequest;
import io.github.smsdispatch.store.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class RateContract extends StoreRules {
    private static final Rate TEN_A_SECOND = new Rate(10, Duration.ofSeconds(1));
    private static final Rate THREE_A_SECOND = new Rate(3, Duration.ofSeconds(1));
    private static final Rate ONE_IN_TEN_SECONDS = new Rate(1, Duration.ofSeconds(10));

    /** How late a request may be without loss. */
    private static final Duration LATE = Duration.ofMillis(100);

    /** Hand-overs that may begin together. */
    private record Batch(Instant at, int count) {}

    private Duration reserve(Rate rate, int count) {
        return store().reserve(new PermitRequest(ALPHA, rate, count));
    }

    @Test
    @DisplayName("the first request may begin at once, and each next one when the share of those before it is over")
    void inTurn() {
        assertEquals(Duration.ZERO, reserve(TEN_A_SECOND, 4));
        assertEquals(Duration.ofMillis(400), reserve(TEN_A_SECOND, 1));
        fixture().advance(Duration.ofMillis(150));
        assertEquals(Duration.ofMillis(350), reserve(TEN_A_SECOND, 2));
        assertEquals(Duration.ofMillis(550), reserve(TEN_A_SECOND, 1));
    }

    @Test
    @DisplayName("a rate of one in ten seconds is one in ten seconds")
    void slow() {
        assertEquals(Duration.ZERO, reserve(ONE_IN_TEN_SECONDS, 1));
        assertEquals(Duration.ofSeconds(10), reserve(ONE_IN_TEN_SECONDS, 1));
        fixture().advance(Duration.ofSeconds(20));
        assertEquals(Duration.ZERO, reserve(ONE_IN_TEN_SECONDS, 1));
        assertEquals(Duration.ofSeconds(10), reserve(ONE_IN_TEN_SECONDS, 1));
    }

    @Test
    @DisplayName("each account has a rate of its own")
    void apart() {
        assertEquals(Duration.ZERO, reserve(ONE_IN_TEN_SECONDS, 1));

        assertEquals(Duration.ZERO, store().reserve(new PermitRequest(BETA, ONE_IN_TEN_SECONDS, 1)));
    }

    @Test
    @DisplayName("no remainder is lost, and none begins before its time")
    void thirds() {
        assertEquals(Duration.ZERO, reserve(THREE_A_SECOND, 1));
        assertEquals(Duration.ofNanos(333_334_000), reserve(THREE_A_SECOND, 1));
        assertEquals(Duration.ofNanos(666_667_000), reserve(THREE_A_SECOND, 1));
        for (int seconds = 1; seconds < 40; seconds++) {
            assertEquals(Duration.ofSeconds(seconds), reserve(THREE_A_SECOND, 1));
            reserve(THREE_A_SECOND, 2);
        }
    }

    @Test
    @DisplayName("what nobody reserves is not saved up")
    void notSaved() {
        reserve(TEN_A_SECOND, 1);
        fixture().advance(LATER);

        assertEquals(Duration.ZERO, reserve(TEN_A_SECOND, 5));
        assertEquals(Duration.ofMillis(500), reserve(TEN_A_SECOND, 1));
    }

    @Test
    @DisplayName("who asks up to 100 ms late loses nothing; who asks later begins anew")
    void late() {
        reserve(TEN_A_SECOND, 1);
        fixture().advance(Duration.ofMillis(100).plus(LATE));
        assertEquals(Duration.ZERO, reserve(TEN_A_SECOND, 1));
        assertEquals(Duration.ZERO, reserve(TEN_A_SECOND, 1));
        assertEquals(Duration.ofMillis(100), reserve(TEN_A_SECOND, 1));

        fixture().advance(Duration.ofMillis(200).plus(LATE).plusNanos(1_000));
        assertEquals(Duration.ZERO, reserve(TEN_A_SECOND, 1));
        assertEquals(Duration.ofMillis(100), reserve(TEN_A_SECOND, 1));
    }

    @Test
    @DisplayName("in no time do more begin than the rate allows, and 100 ms and one request more, whoever asks when")
    void neverMore() {
        var random = new Random(11);
        var rate = new Rate(7, Duration.ofSeconds(1));
        var batches = new ArrayList<Batch>();
        for (int i = 0; i < 300; i++) {
            // Now and then a rest, otherwise about as fast as allowed, so that some are early and some late.
            fixture().advance(Duration.ofNanos(1_000L * random.nextInt(random.nextInt(20) == 0 ? 5_000_000 : 400_000)));
            int count = 1 + random.nextInt(3);
            batches.add(new Batch(fixture().now().plus(reserve(rate, count)), count));
        }
        for (int first = 0; first < batches.size(); first++) {
            long begun = 0;
            for (Batch last : batches.subList(first, batches.size())) {
                Duration time = Duration.between(batches.get(first).at(), last.at());
                assertTrue(!time.isNegative(), "whoever asks later begins later");
                assertTrue(begun * 1e9 <= 7.0 * time.plus(LATE).toNanos() + 1, "before the last request of a time");
                begun += last.count();
            }
        }
    }

    @Test
    @DisplayName("nothing is lost while there is always somebody who asks in time")
    void neverLess() {
        var random = new Random(12);
        Instant begin = fixture().now();
        int begun = 0;
        Duration wait = Duration.ZERO;
        while (begun < 1_000) {
            fixture().advance(wait.plusNanos(1_000L * random.nextInt(100_001)));
            wait = reserve(THREE_A_SECOND, 3);
            begun += 3;
        }

        Instant last = fixture().now().plus(wait);
        assertTrue(Duration.between(begin.plusSeconds(begun / 3 - 1), last).compareTo(LATE) <= 0);
    }

    @Test
    @DisplayName("a clock that is set back keeps nobody waiting for longer than before")
    void setBack() {
        reserve(TEN_A_SECOND, 5);
        fixture().setBack(Duration.ofHours(1));

        assertEquals(Duration.ofMillis(500), reserve(TEN_A_SECOND, 1));
        fixture().advance(Duration.ofMillis(500));
        assertEquals(Duration.ofMillis(100), reserve(TEN_A_SECOND, 1));
    }

    @Test
    @DisplayName("each request counts by its own rate where nodes were told different ones")
    void differentRates() {
        List<Duration> waits = List.of(
                reserve(THREE_A_SECOND, 1),
                reserve(TEN_A_SECOND, 1),
                reserve(ONE_IN_TEN_SECONDS, 1),
                reserve(THREE_A_SECOND, 1));

        // A third of a second is rounded up when somebody counts in other parts.
        assertEquals(
                List.of(
                        Duration.ZERO,
                        Duration.ofNanos(333_334_000),
                        Duration.ofNanos(433_334_000),
                        Duration.ofNanos(10_433_334_000L)),
                waits);
    }

    @Test
    @DisplayName("the largest request at the slowest rate is kept to")
    void largest() {
        var slowest = new Rate(1, Duration.ofDays(1));
        assertEquals(Duration.ZERO, reserve(slowest, 1_000));
        assertEquals(Duration.ofDays(1_000), reserve(slowest, 1));
        var fastest = new Rate(Integer.MAX_VALUE, Duration.ofMillis(1));
        assertEquals(Duration.ofDays(1_001), reserve(fastest, PermitRequest.MOST));
    }
}
