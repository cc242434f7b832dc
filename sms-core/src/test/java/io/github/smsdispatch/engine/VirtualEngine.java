package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.internal.TestClock;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.store.MessageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * An engine on virtual time: its loops are stepped by the test, provider calls run on the calling thread, and 48 hours
 * pass in a few microseconds.
 */
final class VirtualEngine implements AutoCloseable {
    private static final int FAR_TOO_MANY_ROUNDS = 10_000;

    final TestClock clock = new TestClock();
    final MessageStore store;
    final DispatchEngine engine;
    final List<StateChange> heard = new ArrayList<>();

    VirtualEngine(FakeProvider... providers) {
        this(UnaryOperator.identity(), UnaryOperator.identity(), Runnable::run, providers);
    }

    VirtualEngine(
            UnaryOperator<DispatchEngineBuilder> settings,
            UnaryOperator<MessageStore> around,
            Executor executor,
            FakeProvider... providers) {
        store = around.apply(new InMemoryMessageStore(clock));
        DispatchEngineBuilder builder = DispatchEngine.builder(store)
                .clock(clock)
                .random(new Random(7))
                .executor(executor)
                .listener(heard::add);
        for (FakeProvider provider : providers) {
            builder.account(provider.account, provider);
        }
        engine = settings.apply(builder).build();
    }

    static Message.Builder text(String text) {
        return Message.to("+447700900123").text(text);
    }

    MessageId send(String text) {
        return engine.enqueue(text(text).build()).id();
    }

    /** Steps all loops until none of them finds anything to do at this time. */
    void settle() {
        int rounds = 0;
        while (engine.runOnce()) {
            assertThat(rounds++).as("rounds without an end").isLessThan(FAR_TOO_MANY_ROUNDS);
        }
    }

    void advance(Duration by) {
        clock.advance(by);
        settle();
    }

    /** Lets time pass from one thing to do to the next, until every message is final. */
    void runToTheEnd() {
        settle();
        int jumps = 0;
        while (store.nextWorkAt().isPresent()) {
            assertThat(jumps++).as("jumps without an end").isLessThan(FAR_TOO_MANY_ROUNDS);
            Instant before = clock.instant();
            clock.moveTo(store.nextWorkAt().get());
            if (clock.instant().equals(before)) {
                clock.advance(Duration.ofMinutes(1));
            }
            settle();
        }
    }

    MessageStatus status(MessageId id) {
        return engine.status(id).orElseThrow();
    }

    MessageState state(MessageId id) {
        return status(id).state();
    }

    /** The states a message went through, each once for every time it was entered. */
    List<MessageState> path(MessageId id) {
        return engine.history(id).stream()
                .filter(event -> event.from() != event.to())
                .map(MessageEvent::to)
                .toList();
    }

    @Override
    public void close() {
        engine.close();
    }
}
