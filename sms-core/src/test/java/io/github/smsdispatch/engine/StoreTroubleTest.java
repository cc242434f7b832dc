package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("When the store cannot be used")
class StoreTroubleTest {
    /** Methods of the store that fail at the moment. */
    private final Set<String> broken = new HashSet<>();

    private final FakeProvider provider = new FakeProvider("first");
    private final VirtualEngine virtual =
            new VirtualEngine(UnaryOperator.identity(), this::breakable, Runnable::run, provider);

    @Test
    @DisplayName("the outcome of a hand-over is kept and written when the store is back")
    void outcomeIsKept() {
        broken.add("finish");
        MessageId id = virtual.send("hello");
        assertThatExceptionOfType(StoreException.class).isThrownBy(virtual::settle);
        assertThat(virtual.state(id)).isEqualTo(SUBMITTING);
        assertThat(provider.submissions).hasSize(1);
        broken.clear();
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(SENT);
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("nothing is handed over whose intent could not be committed")
    void noIntentNoHandOver() {
        broken.add("begin");
        MessageId id = virtual.send("hello");
        assertThatExceptionOfType(StoreException.class).isThrownBy(virtual::settle);
        assertThat(provider.submissions).isEmpty();
        broken.clear();
        virtual.advance(Duration.ofMinutes(2));
        assertThat(virtual.state(id)).isEqualTo(SENT);
        assertThat(provider.submissions).hasSize(1);
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

    private MessageStore breakable(MessageStore real) {
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, args) -> {
                    if (broken.contains(method.getName())) {
                        throw new StoreException("scripted trouble", new IllegalStateException());
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
