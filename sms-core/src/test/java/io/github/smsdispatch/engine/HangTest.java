package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.store.MessageStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("A store that hangs, without failing,")
class HangTest {
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @ParameterizedTest(name = "in {0}")
    @ValueSource(strings = {"beginNext", "finish", "applyReceipts", "claimSync"})
    @DisplayName("is told by how long the step takes that waits for it, and no longer once it goes on")
    void health(String method) throws Exception {
        var provider = new FakeProvider("first");
        DispatchEngine engine = DispatchEngine.builder(hangingIn(method))
                .account(provider.account, provider)
                .build();
        assertThat(engine.health().longestStep()).isZero();
        engine.enqueue(Message.to("+447700900123").text("hello").build());
        try {
            engine.start();
            hangs.await();
            assertThat(engine.health().longestStep()).isPositive();
            assertThat(engine.health().storeTrouble()).isNull();
        } finally {
            released.countDown();
            engine.close();
        }
        assertThat(engine.health().longestStep()).isZero();
    }

    @Test
    @DisplayName("when the engine starts keeps nobody from asking for its health, nor from closing it")
    void start() throws Exception {
        var provider = new FakeProvider("first");
        DispatchEngine engine = DispatchEngine.builder(hangingIn("runStates"))
                .account(provider.account, provider)
                .build();
        Executor threads = task -> new Thread(task).start();
        try {
            var starting = CompletableFuture.runAsync(engine::start, threads);
            hangs.await();
            assertThat(CompletableFuture.supplyAsync(engine::health, threads)
                            .get(20, TimeUnit.SECONDS)
                            .running())
                    .isFalse();
            assertThatIllegalStateException().isThrownBy(engine::start);
            CompletableFuture.runAsync(engine::close, threads).get(20, TimeUnit.SECONDS);
            released.countDown();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> starting.get(20, TimeUnit.SECONDS))
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class)
                    .withMessage("the engine was closed while it started");
            assertThat(engine.health().running()).isFalse();
        } finally {
            released.countDown();
        }
    }

    @Test
    @DisplayName("in all loops at once is waited for once when the engine is closed, not once for each")
    void close() throws Exception {
        var provider = new FakeProvider("first");
        var all = new CountDownLatch(3);
        DispatchEngine engine = DispatchEngine.builder(
                        hangingIn(Set.of("beginNext", "applyReceipts", "claimSync"), all::countDown))
                .account(provider.account, provider)
                .build();
        engine.enqueue(Message.to("+447700900123").text("hello").build());
        try {
            engine.start();
            all.await();
            long began = System.nanoTime();
            engine.close(Duration.ofSeconds(1));
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_900));
        } finally {
            released.countDown();
        }
    }

    @Test
    @DisplayName("is told to the second, from the begin of the step, and a loop that rests takes no time")
    void exact() throws Exception {
        var nanos = new AtomicLong(-5_000_000_000L);
        var resting = new CountDownLatch(1);
        var loop = new Loop(
                "test",
                new Loop.Step() {
                    @Override
                    public Loop.Pace step() {
                        hangs.countDown();
                        await(released);
                        return Loop.Pace.IDLE;
                    }

                    @Override
                    public boolean isDue() {
                        resting.countDown();
                        return false;
                    }
                },
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
                nanos::get);
        var thread = new Thread(loop);
        thread.start();
        hangs.await();
        nanos.addAndGet(Duration.ofSeconds(40).toNanos());
        assertThat(loop.stepTakes()).isEqualTo(Duration.ofSeconds(40));
        released.countDown();
        resting.await();
        loop.stop();
        thread.join();
        assertThat(loop.stepTakes()).isZero();
    }

    private MessageStore hangingIn(String name) {
        return hangingIn(Set.of(name), hangs::countDown);
    }

    private MessageStore hangingIn(Set<String> names, Runnable told) {
        var real = new InMemoryMessageStore(InstantSource.system());
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, args) -> {
                    if (names.contains(method.getName())) {
                        told.run();
                        await(released);
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
