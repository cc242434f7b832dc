package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.EXPIRED;
import static io.github.smsdispatch.MessageState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What fails again and again, and not because the store is out of reach,")
class LoopTroubleTest {
    private static final String SECRET = "for +447700900123";

    /** Methods of the store that fail. */
    private final Set<String> broken = new HashSet<>();

    /** What to do at each failure. */
    private Runnable atFailure = () -> {};

    private final FakeProvider provider = new FakeProvider("first");

    @Test
    @DisplayName("is told by the health with the loop, its class and how often, and without a word of what it says")
    void health() throws Exception {
        var engine = new CompletableFuture<DispatchEngine>();
        var seen = new ArrayList<EngineHealth>();
        var third = new CompletableFuture<EngineHealth>();
        broken.add("applyReceipts");
        atFailure = () -> {
            seen.add(engine.join().health());
            if (seen.size() == 3) {
                third.complete(seen.get(2));
            }
        };
        try (var started = DispatchEngine.builder(breakable(new InMemoryMessageStore(InstantSource.system())))
                .account(provider.account, provider)
                .build()) {
            engine.complete(started.start());
            third.get(30, TimeUnit.SECONDS);
        }
        assertThat(seen.get(0).loopTrouble()).isNull();
        assertThat(seen.get(0).failedRounds()).isZero();
        assertThat(seen.get(2).loopTrouble()).isEqualTo("sms-housekeeping: java.lang.IllegalStateException");
        assertThat(seen.get(2).failedRounds()).isEqualTo(2);
        assertThat(seen.get(2).storeTrouble()).isNull();
    }

    @Test
    @DisplayName("is logged once of each kind, is told apart from trouble with the store, and is over when it is over")
    void loop() {
        var pause = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        var troubles = new ArrayDeque<RuntimeException>(List.of(
                new IllegalStateException(SECRET),
                new IllegalStateException(SECRET),
                new StoreException("refused", null),
                new IllegalStateException(SECRET),
                new ClassCastException(SECRET)));
        var told = new ArrayList<String>();
        var step = new Loop.Step() {
            private @Nullable Loop loop;

            @Override
            public Loop.Pace step() {
                told.add(loop.failedRounds() + " " + loop.loopTrouble() + " " + loop.storeTrouble());
                if (!troubles.isEmpty()) {
                    throw troubles.remove();
                }
                loop.stop();
                return Loop.Pace.IDLE;
            }
        };
        step.loop = new Loop("test", step, pause, pause);

        String log = Screen.logOf(step.loop);

        assertThat(told)
                .containsExactly(
                        "0 null null",
                        "1 java.lang.IllegalStateException null",
                        "2 java.lang.IllegalStateException null",
                        "3 null refused",
                        "4 java.lang.IllegalStateException null",
                        "5 java.lang.ClassCastException null");
        assertThat(step.loop.failedRounds()).isZero();
        assertThat(step.loop.loopTrouble()).isNull();
        assertThat(log.lines().filter(line -> line.contains("test failed and goes on")))
                .hasSize(2);
        assertThat(log).contains("test goes on after 5 failed rounds").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runStates", "applyReceipts", "recover"})
    @DisplayName("in one part of housekeeping keeps none of the others from being done")
    void housekeeping(String part) {
        var engine = engine();
        MessageId id = engine.engine
                .enqueue(VirtualEngine.text("hello")
                        .validity(Duration.ofMinutes(1))
                        .build())
                .id();
        engine.clock.advance(Duration.ofMinutes(2));
        broken.add(part);

        assertThatIllegalStateException().isThrownBy(engine.engine::runOnce);
        assertThat(engine.state(id)).isEqualTo(QUEUED);
        assertThatIllegalStateException().isThrownBy(engine.engine::runOnce);

        assertThat(engine.state(id)).isEqualTo(EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "release"})
    @DisplayName("when messages are sorted does not keep those in line from being handed over")
    void sorting(String method) {
        var engine = engine();
        Message unsorted = VirtualEngine.text("nobody has sorted this").build();
        engine.store.enqueue(List.of(unsorted));
        engine.send("in line");
        broken.add(method);

        assertThatIllegalStateException().isThrownBy(engine.engine::runOnce);

        assertThat(provider.submissions).extracting(each -> each.text()).containsExactly("in line");
        broken.clear();
        engine.advance(Duration.ofMinutes(2));
        assertThat(provider.submissions)
                .extracting(each -> each.text())
                .containsExactly("in line", "nobody has sorted this");
    }

    private VirtualEngine engine() {
        return new VirtualEngine(UnaryOperator.identity(), this::breakable, Runnable::run, provider);
    }

    private MessageStore breakable(MessageStore real) {
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, args) -> {
                    if (broken.contains(method.getName())) {
                        atFailure.run();
                        throw new IllegalStateException(SECRET);
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
