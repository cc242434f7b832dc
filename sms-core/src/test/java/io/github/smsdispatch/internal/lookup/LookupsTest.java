package io.github.smsdispatch.internal.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Health;
import io.github.smsdispatch.internal.TestClock;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.store.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The look-ups of an account")
class LookupsTest {
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("first");
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration LATENCY = Duration.ofMillis(100);

    private final TestClock clock = new TestClock();
    private final Instant start = clock.instant();
    private final Health health =
            new Health(clock, new Random(7), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)));

    /** A call as the provider sees it; it ends a tenth of a second after it came. */
    private record Sent(Runnable work, Instant came, boolean tooMany) {}

    private final Deque<Sent> calls = new ArrayDeque<>();

    /** When those came that it took, and those that it refused. */
    private final List<Instant> taken = new ArrayList<>();

    private final List<Instant> refused = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private @Nullable Sent current;

    /** How many it takes in any second. */
    private int limit = Integer.MAX_VALUE;

    private boolean wanted = true;

    private Lookups<String> lookups(int most, @Nullable Rate rate) {
        var gate = new LookupGate(health, rate, clock);
        return new Lookups<>(
                ACCOUNT, most, gate, () -> wanted, tasks -> ask(gate, tasks), this::arrive, clock, () -> {});
    }

    private void arrive(Runnable work) {
        Instant now = clock.instant();
        boolean tooMany = countSince(taken, now.minusSeconds(1)) >= limit;
        (tooMany ? refused : taken).add(now);
        calls.add(new Sent(work, now, tooMany));
    }

    private static long countSince(List<Instant> times, Instant since) {
        int count = 0;
        for (int i = times.size() - 1; i >= 0 && times.get(i).isAfter(since); i--) {
            count++;
        }
        return count;
    }

    private Runnable ask(LookupGate gate, List<String> tasks) {
        Sent sent = current;
        assertThat(sent).isNotNull();
        LookupAnswer answer =
                sent.tooMany() ? new LookupAnswer.Failed("429", "scripted", null) : new LookupAnswer.Absent();
        gate.judge(List.of(answer), sent.came());
        return () -> written.addAll(tasks);
    }

    private void endCalls() {
        for (Sent first = calls.peek();
                first != null && !clock.instant().isBefore(first.came().plus(LATENCY));
                first = calls.peek()) {
            calls.remove();
            current = first;
            first.work().run();
        }
    }

    /** Lets time pass, a millisecond after the other, with an endless source. */
    private void run(Lookups<String> lookups, Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            int room = lookups.room(1);
            lookups.add(tasks(room), clock.instant().plusSeconds(30));
            lookups.start();
            clock.advance(TICK);
            endCalls();
        }
    }

    private static List<List<String>> tasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> List.of("id-" + i)).toList();
    }

    private long takenBetween(Duration from, Duration until) {
        return taken.stream()
                .map(at -> Duration.between(start, at))
                .filter(at -> at.compareTo(from) >= 0 && at.compareTo(until) < 0)
                .count();
    }

    @Test
    @DisplayName("go as many at a time as may, and where one ends the next starts without another being leased")
    void window() {
        Lookups<String> lookups = lookups(2, null);
        lookups.add(tasks(5), clock.instant().plusSeconds(30));
        lookups.start();
        assertThat(taken).hasSize(2);
        clock.advance(LATENCY);
        endCalls();
        assertThat(taken).hasSize(4);
        clock.advance(LATENCY);
        endCalls();
        clock.advance(LATENCY);
        endCalls();
        assertThat(written).hasSize(5);
        assertThat(lookups.open()).isZero();
    }

    @Test
    @DisplayName("do not wait for what the last one brought to be written down")
    void nextBeforeKeeping() {
        var order = new ArrayList<String>();
        var gate = new LookupGate(health, null, clock);
        Deque<Runnable> work = new ArrayDeque<>();
        var lookups = new Lookups<String>(
                ACCOUNT,
                1,
                gate,
                () -> true,
                tasks -> () -> order.add("kept " + tasks.get(0)),
                run -> {
                    order.add("started");
                    work.add(run);
                },
                clock,
                () -> {});
        lookups.add(tasks(2), clock.instant().plusSeconds(30));
        lookups.start();
        work.remove().run();
        assertThat(order).containsExactly("started", "started", "kept id-0");
    }

    @Test
    @DisplayName("200 at a time at a provider that takes a tenth of a second are 2,000 a second")
    void fullSpeed() {
        run(lookups(200, null), Duration.ofSeconds(10));
        assertThat(takenBetween(Duration.ZERO, Duration.ofSeconds(10))).isBetween(19_600L, 20_000L);
    }

    @Test
    @DisplayName("are not made when too little of the lease is left; then they count as not leased")
    void tooLate() {
        Lookups<String> lookups = lookups(1, null);
        lookups.add(tasks(3), clock.instant().plus(LATENCY));
        lookups.start();
        clock.advance(LATENCY);
        endCalls();
        assertThat(taken).hasSize(1);
        assertThat(lookups.open()).isZero();
    }

    @Test
    @DisplayName("wait while they are not wanted, or the provider wants to be left alone")
    void leftAlone() {
        Lookups<String> lookups = lookups(2, null);
        wanted = false;
        lookups.add(tasks(2), clock.instant().plusSeconds(30));
        lookups.start();
        assertThat(taken).isEmpty();
        assertThat(lookups.room(1)).isZero();
        wanted = true;
        health.throttled(Duration.ofSeconds(5));
        lookups.start();
        assertThat(taken).isEmpty();
        assertThat(lookups.startsIn()).isEqualTo(Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        lookups.start();
        assertThat(taken).hasSize(2);
    }

    @Test
    @DisplayName("keep to a rate so evenly that a provider that counts any second by it refuses none")
    void rate() {
        limit = 100;
        run(lookups(50, new Rate(100, Duration.ofSeconds(1))), Duration.ofSeconds(20));
        assertThat(refused).isEmpty();
        assertThat(takenBetween(Duration.ZERO, Duration.ofSeconds(20))).isBetween(1_900L, 2_000L);
    }

    @Test
    @DisplayName("without a rate learn what the provider bears from its first refusal, and meet it no more")
    void learned() {
        limit = 500;
        run(lookups(200, null), Duration.ofSeconds(30));
        assertThat(Collections.max(refused)).isBefore(start.plusSeconds(1));
        assertThat(takenBetween(Duration.ZERO, Duration.ofSeconds(30))).isBetween(14_250L, 15_000L);
    }

    @Test
    @DisplayName("take a refusal for what it was then: more is tried after a quiet minute")
    void recovered() {
        limit = 50;
        Lookups<String> lookups = lookups(200, null);
        run(lookups, Duration.ofSeconds(30));
        limit = Integer.MAX_VALUE;
        run(lookups, Duration.ofMinutes(2));
        assertThat(takenBetween(Duration.ofSeconds(50), Duration.ofSeconds(60))).isBetween(475L, 500L);
        assertThat(takenBetween(Duration.ofSeconds(140), Duration.ofSeconds(150)))
                .isGreaterThan(2_000);
    }

    @Test
    @DisplayName("lease no more ahead than a second's worth of a low rate")
    void leasesLittle() {
        assertThat(lookups(50, new Rate(10, Duration.ofSeconds(1))).room(1)).isBetween(9, 10);
        assertThat(lookups(50, null).room(1)).isEqualTo(100);
    }
}
