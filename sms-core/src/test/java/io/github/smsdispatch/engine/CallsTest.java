package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.store.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The calls of an account")
class CallsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final Random random = new Random(7);
    private final List<Calls.Batch> started = new ArrayList<>();

    @Test
    @DisplayName("go in the order in which they were begun, as many messages at a time as may")
    void window() {
        var calls = new Calls(3);
        List<Calls.Batch> begun = List.of(batch(2), batch(1), batch(2), batch(1));
        begun.forEach(calls::add);
        calls.start(started::add);
        assertThat(started).containsExactlyElementsOf(begun.subList(0, 2));

        calls.ended(begun.get(1));
        calls.start(started::add);
        assertThat(started).hasSize(2);

        calls.ended(begun.get(0));
        calls.start(started::add);
        assertThat(started).containsExactlyElementsOf(begun);
    }

    @Test
    @DisplayName("that run on the thread that starts them follow each other, however many there are")
    void sameThread() {
        var calls = new Calls(1);
        Deque<Calls.Batch> begun = new ArrayDeque<>();
        for (int i = 0; i < 100_000; i++) {
            begun.add(batch(1));
        }
        begun.forEach(calls::add);
        startOneAfterTheOther(calls);
        assertThat(started).containsExactlyElementsOf(begun);
    }

    private void startOneAfterTheOther(Calls calls) {
        calls.start(batch -> {
            started.add(batch);
            calls.ended(batch);
            startOneAfterTheOther(calls);
        });
    }

    @Test
    @DisplayName("are all started by many threads that end them, and never too many at a time")
    void manyThreads() throws InterruptedException {
        var calls = new Calls(4);
        var underWay = new AtomicInteger();
        List<Integer> together = Collections.synchronizedList(new ArrayList<>());
        var done = new CountDownLatch(5_000);
        ExecutorService executor = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 5_000; i++) {
            calls.add(batch(1));
            startOn(executor, calls, underWay, together, done);
        }
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        executor.shutdown();
        assertThat(together).hasSize(5_000).allMatch(count -> count <= 4);
    }

    private static void startOn(
            ExecutorService executor,
            Calls calls,
            AtomicInteger underWay,
            List<Integer> together,
            CountDownLatch done) {
        calls.start(batch -> executor.execute(() -> {
            together.add(underWay.incrementAndGet());
            underWay.decrementAndGet();
            calls.ended(batch);
            startOn(executor, calls, underWay, together, done);
            done.countDown();
        }));
    }

    @Test
    @DisplayName("that have not gone are waited for, but not for ever")
    void awaitGone() throws InterruptedException {
        var calls = new Calls(1);
        calls.add(batch(1));
        assertThat(calls.awaitGone(Duration.ofMillis(1))).isFalse();
        calls.start(started::add);
        assertThat(calls.awaitGone(Duration.ofMinutes(1))).isTrue();
    }

    private Calls.Batch batch(int messages) {
        var items = new ArrayList<HandOver.Item>();
        for (int i = 0; i < messages; i++) {
            Message message = VirtualEngine.text("hello").build();
            var claim = new Claim(message, 1, NOW, NOW.plusSeconds(60), NOW, List.of(), false);
            items.add(new HandOver.Item(claim, NOW, AttemptId.create(() -> NOW, random)));
        }
        return new Calls.Batch(items, NOW);
    }
}
