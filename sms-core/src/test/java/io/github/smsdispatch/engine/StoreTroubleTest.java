package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("When the store cannot be used")
class StoreTroubleTest {
    /** Methods of the store that fail at the moment. */
    private final Set<String> broken = new HashSet<>();

    /** Methods of the store that do their work at the moment, but whose answer is lost. */
    private final Set<String> lost = new HashSet<>();

    /** Methods of the store in the order in which they were called. */
    private final List<String> calls = new ArrayList<>();

    /** Messages whose outcome the store never takes. */
    private final Set<MessageId> poisoned = new HashSet<>();

    private Throwable trouble = new StoreException("scripted trouble", new IllegalStateException());

    private final FakeProvider provider = new FakeProvider("first");
    private final VirtualEngine virtual =
            new VirtualEngine(UnaryOperator.identity(), this::breakable, Runnable::run, provider);

    @Test
    @DisplayName("because it has no schema, the engine does not start, and starts when it has one")
    void noSchema() {
        trouble = new ConfigurationException(List.of(new ConfigurationProblem("store", "has no schema", "create it")));
        broken.add("runStates");
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(virtual.engine::start);
        assertThat(virtual.engine.health().running()).isFalse();
        broken.clear();
        virtual.engine.start();
        assertThat(virtual.engine.health().running()).isTrue();
        virtual.close();
    }

    @Test
    @DisplayName("the outcome of a hand-over is kept and written when the store is back")
    void outcomeIsKept() {
        broken.add("finish");
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(SUBMITTING);
        assertThat(provider.submissions).hasSize(1);
        broken.clear();
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(SENT);
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("the outcome of a hand-over is kept as well when the store has no memory left")
    void outcomeSurvivesErrors() {
        trouble = new OutOfMemoryError("scripted");
        broken.add("finish");
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.engine.health().unwrittenOutcomes()).isEqualTo(1);
        broken.clear();
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(SENT);
        assertThat(virtual.engine.health().unwrittenOutcomes()).isZero();
    }

    @Test
    @DisplayName("while outcomes cannot be written, no more is begun than one window and what was under way")
    void noMoreWhileBehind() {
        broken.add("finish");
        for (int i = 0; i < 200; i++) {
            virtual.send("hello " + i);
        }
        virtual.settle();
        virtual.advance(Duration.ofSeconds(30));
        assertThat(provider.submissions).hasSizeBetween(32 + 1, 2 * 32);
        broken.clear();
        virtual.settle();
        assertThat(provider.submissions).hasSize(200);
        assertThat(virtual.engine.health().unwrittenOutcomes()).isZero();
    }

    @Test
    @DisplayName("who waits for the end goes on waiting while the store cannot be asked")
    void drainGoesOn() throws InterruptedException {
        virtual.send("hello");
        broken.add("nextWorkAt");
        assertThat(virtual.engine.drain(Duration.ZERO)).isFalse();
    }

    @Test
    @DisplayName("outcomes that wait are told by the health, and by a line when it begins and then once a minute")
    void outcomesThatWait() {
        broken.add("finish");
        virtual.send("hello");
        virtual.send("hello again");

        String log = Screen.logOf(() -> {
            virtual.settle();
            virtual.advance(Duration.ofSeconds(30));
            virtual.advance(Duration.ofSeconds(29));
        });

        assertThat(log.lines().filter(line -> line.contains("outcomes wait to be written")))
                .singleElement()
                .asString()
                .contains(
                        "WARN",
                        "1 outcomes wait to be written, the store does not take them: scripted trouble (1 since");
        assertThat(virtual.engine.health().unwrittenOutcomes()).isEqualTo(2);
        assertThat(virtual.engine.health().storeTrouble()).isEqualTo("scripted trouble");
        assertThat(Screen.logOf(() -> virtual.advance(Duration.ofSeconds(1))))
                .contains("2 outcomes wait to be written, the store does not take them: scripted trouble");
        broken.clear();
        virtual.settle();
        assertThat(virtual.engine.health().unwrittenOutcomes()).isZero();
        assertThat(virtual.engine.health().storeTrouble()).isNull();
    }

    @Test
    @DisplayName("the line on outcomes does not repeat what somebody else's exception says")
    void strangeTrouble() {
        trouble = new IllegalStateException("for +447700900123");
        broken.add("finish");
        virtual.send("hello");

        assertThat(Screen.logOf(virtual::settle))
                .contains(
                        "1 outcomes wait to be written, the store does not take them (1 since", "IllegalStateException")
                .doesNotContain("447700900123");
    }

    @Test
    @DisplayName(
            "nothing is handed over whose intent could not be committed; it is tried again as soon as the store is back")
    void noIntentNoHandOver() {
        broken.add("beginNext");
        MessageId id = virtual.send("hello");
        assertThatExceptionOfType(StoreException.class).isThrownBy(virtual::settle);
        assertThat(provider.submissions).isEmpty();
        broken.clear();
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(SENT);
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("a hand-over whose intent may have been committed, but which was never made, is no doubt")
    void commitUnknown() {
        lost.add("beginNext");
        MessageId id = virtual.send("hello");
        assertThatExceptionOfType(StoreException.class).isThrownBy(virtual::settle);
        lost.clear();
        virtual.settle();
        virtual.advance(Duration.ofSeconds(2));
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, QUEUED, SUBMITTING, SENT);
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("which of many intents were committed is one question, asked until there is an answer")
    void commitsUnknown() {
        for (int i = 0; i < 20; i++) {
            virtual.send("hello " + i);
        }
        lost.add("beginNext");
        assertThatExceptionOfType(StoreException.class).isThrownBy(virtual::settle);
        lost.clear();
        broken.add("messagesOf");
        assertThatExceptionOfType(StoreException.class).isThrownBy(virtual::settle);
        broken.clear();
        calls.clear();
        virtual.settle();
        assertThat(calls.stream().filter(call -> call.equals("messagesOf") || call.startsWith("find")))
                .containsExactly("messagesOf");
        virtual.advance(Duration.ofSeconds(2));
        assertThat(provider.submissions).hasSize(20);
        assertThat(virtual.store.counts()).singleElement().satisfies(count -> assertThat(count.state())
                .isEqualTo(SENT));
    }

    @Test
    @DisplayName("one outcome that the store never takes does not keep the others from being written")
    void poison() {
        MessageId bad =
                virtual.engine.enqueue(VirtualEngine.text("bad").build()).id();
        poisoned.add(bad);
        virtual.settle();
        for (int i = 0; i < 20; i++) {
            MessageId good = virtual.send("good " + i);
            virtual.settle();
            virtual.settle();
            assertThat(virtual.state(good)).isEqualTo(SENT);
        }
        assertThat(virtual.state(bad)).isEqualTo(SUBMITTING);
        virtual.advance(Duration.ofSeconds(61));
        assertThat(virtual.path(bad)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, SENT);
    }

    @Test
    @Timeout(60)
    @DisplayName("a loop says so, keeps trying, and goes on by itself")
    void loopGoesOn() throws Exception {
        var failures = new CountDownLatch(3);
        var recovered = new CountDownLatch(1);
        var loop = new Loop(
                "test",
                () -> {
                    if (failures.getCount() > 0) {
                        failures.countDown();
                        throw new StoreException("scripted trouble", new IllegalStateException());
                    }
                    recovered.countDown();
                    return Loop.Pace.IDLE;
                },
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)));
        var thread = new Thread(loop);
        thread.start();
        failures.await();
        recovered.await();
        loop.stop();
        thread.join();
        assertThat(loop.storeTrouble()).isNull();
    }

    @Test
    @DisplayName("a loop tells of each kind of trouble once, and that it is over")
    void eachKindOnce() {
        var pause = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        var troubles = new ArrayDeque<>(List.of("refused", "refused", "read-only", "refused", "read-only"));
        var step = new Loop.Step() {
            private @Nullable Loop loop;

            @Override
            public Loop.Pace step() {
                if (!troubles.isEmpty()) {
                    throw new StoreException(troubles.remove(), null);
                }
                loop.stop();
                return Loop.Pace.IDLE;
            }
        };
        step.loop = new Loop("test", step, pause, pause);
        assertThat(Screen.logOf(step.loop).lines().map(line -> line.substring(line.lastIndexOf(" - ") + 3)))
                .containsExactly(
                        "test cannot use the store and tries again in 1 ms: refused",
                        "test cannot use the store and tries again in 1 ms: read-only",
                        "test goes on after 5 failed rounds");
    }

    private MessageStore breakable(MessageStore real) {
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, args) -> {
                    calls.add(method.getName());
                    if (broken.contains(method.getName())) {
                        throw trouble;
                    }
                    if (method.getName().equals("finish")
                            && ((List<?>) args[0])
                                    .stream().anyMatch(end -> poisoned.contains(((AttemptEnd) end).message()))) {
                        throw new StoreException("scripted trouble", new IllegalStateException());
                    }
                    try {
                        Object answer = method.invoke(real, args);
                        if (lost.contains(method.getName())) {
                            throw new StoreException("scripted trouble", new IllegalStateException());
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
