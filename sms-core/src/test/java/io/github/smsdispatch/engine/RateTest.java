package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.internal.TestClock;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.PermitRequest;
import io.github.smsdispatch.store.Rate;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The rate of an account")
class RateTest {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final Instant start = clock.instant();
    private final List<PermitRequest> requests = new ArrayList<>();
    private final MessageStore store = listenedTo(new InMemoryMessageStore(clock));

    /** When each hand-over of all nodes began, in milliseconds from the start. */
    private final List<Long> begun = new ArrayList<>();

    /** An engine on the shared store. */
    private final class Node {
        final FakeProvider provider = new FakeProvider("first");
        final DispatchEngine engine;

        Node(UnaryOperator<DispatchEngineBuilder> settings, int seed) {
            for (int i = 0; i < 10_000; i++) {
                provider.answer(submission -> {
                    begun.add(Duration.between(start, clock.instant()).toMillis());
                    return SubmitOutcome.Accepted.as("id-" + begun.size());
                });
            }
            engine = settings.apply(DispatchEngine.builder(store)
                            .clock(clock)
                            .random(new Random(seed))
                            .executor(Runnable::run)
                            .account(provider.account, provider))
                    .build();
        }

        int handedOver() {
            return provider.submissions.size();
        }
    }

    private Node node(int count, Duration period) {
        return new Node(builder -> builder.rate(new FakeProvider("first").account, count, period), begun.size());
    }

    private Node node(int perSecond) {
        return node(perSecond, Duration.ofSeconds(1));
    }

    private void enqueue(int messages) {
        store.enqueue(IntStream.range(0, messages)
                .mapToObj(i -> VirtualEngine.text("hello " + i).build())
                .toList());
    }

    /** Lets nodes run side by side, on the ticks of a loop that something is held back for. */
    private void run(Duration time, Node... nodes) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            for (Node node : nodes) {
                while (node.engine.runOnce()) {}
            }
            clock.advance(TICK);
        }
    }

    private MessageStore listenedTo(MessageStore real) {
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("reserve")) {
                        requests.add((PermitRequest) arguments[0]);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest(name = "{0} in {1} s: {2} in {3} s")
    @CsvSource({"1, 1, 10, 10", "3, 1, 30, 10", "7, 1, 70, 10", "100, 1, 300, 3", "123, 1, 369, 3", "1, 10, 6, 60"})
    @DisplayName("is what was set, no more and no less")
    void asSet(int count, int period, int handOvers, int seconds) {
        Node node = node(count, Duration.ofSeconds(period));
        enqueue(handOvers + count);

        run(Duration.ofSeconds(seconds), node);

        // A batch may lie on the edge.
        assertThat(begun.size()).isBetween(handOvers, handOvers + 1 + count / 10);
        for (int i = 0; i + count < begun.size(); i++) {
            assertThat(begun.get(i + count) - begun.get(i))
                    .as("time of %s from number %s on", count, i)
                    .isGreaterThanOrEqualTo(period * 1_000L - 100);
        }
    }

    @Test
    @DisplayName("is shared by the nodes: together they hand over as much as one alone, each its part")
    void shared() {
        Node one = node(100);
        Node two = node(100);
        enqueue(400);

        run(Duration.ofSeconds(3), one, two);

        assertThat(begun).hasSizeBetween(300, 310);
        assertThat(one.handedOver()).isBetween(130, 170);
    }

    @Test
    @DisplayName("is all for the node that is left, as soon as the other has stopped")
    void theOtherStops() {
        Node one = node(100);
        Node two = node(100);
        enqueue(300);
        run(Duration.ofSeconds(1), one, two);
        int before = one.handedOver();

        two.engine.close();
        run(Duration.ofSeconds(1), one);

        // What the other had reserved, a tenth of a second's worth, is nobody's.
        assertThat(one.handedOver() - before).isBetween(90, 100);
    }

    @Test
    @DisplayName("is shared by a node that joins in the middle, at once")
    void oneJoins() {
        Node one = node(100);
        enqueue(300);
        run(Duration.ofSeconds(1), one);
        Node two = node(100);

        run(Duration.ofSeconds(1), one, two);

        assertThat(begun).hasSizeBetween(200, 210);
        assertThat(two.handedOver())
                .as("after a first few to find out how many wait")
                .isBetween(30, 60);
    }

    @Test
    @DisplayName("costs ten requests to the store a second, and none when nothing waits")
    void cheap() {
        Node node = node(1_000);
        enqueue(2_000);
        run(Duration.ofSeconds(1), node);
        assertThat(requests).hasSizeBetween(10, 40);

        run(Duration.ofSeconds(2), node);
        assertThat(begun).hasSize(2_000);
        requests.clear();
        run(Duration.ofSeconds(1), node);
        assertThat(requests).isEmpty();
    }

    @Test
    @DisplayName("costs few requests also where messages come one by one")
    void trickle() {
        Node node = node(1_000);
        for (int i = 0; i < 500; i++) {
            enqueue(1);
            run(TICK, node);
        }

        assertThat(begun).hasSize(500);
        assertThat(requests.size()).isLessThan(100);
    }

    @Test
    @DisplayName("is not kept for messages that do not come")
    void old() {
        var permits =
                new Permits(store, new FakeProvider("first").account, new Rate(100, Duration.ofSeconds(1)), clock);
        assertThat(permits.permitted(7, 7)).isEqualTo(7);
        permits.use(2);
        clock.advance(Permits.AHEAD);
        assertThat(permits.permitted(0, 0)).isZero();
        assertThat(permits.permitted(7, 7)).as("still good").isEqualTo(5);

        clock.advance(Duration.ofMillis(1));
        assertThat(permits.permitted(0, 0)).isZero();
        assertThat(permits.permitted(7, 7)).as("a new request").isEqualTo(7);
        assertThat(requests).hasSize(2);
    }

    @Test
    @DisplayName("leaves to other nodes what cannot begin now")
    void leftToOthers() {
        Node node = node(5);
        enqueue(100);
        run(TICK, node);
        assertThat(begun).hasSize(1);

        var all =
                new BeginRequest(new FakeProvider("first").account, Map.of(Lane.NORMAL, 200), false, AttemptId::create);
        assertThat(store.beginNext(List.of(all), LEASE).begun()).hasSize(99);
    }
}
