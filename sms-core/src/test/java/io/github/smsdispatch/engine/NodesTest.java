package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.internal.TestClock;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.MessageStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Nodes on one store")
class NodesTest {
    private static final int MAX_IN_FLIGHT = 4;

    private final TestClock clock = new TestClock();
    private final MessageStore store = new InMemoryMessageStore(clock);
    private int nodes;

    /** An engine on the shared store. */
    private final class Node {
        final FakeProvider provider = new FakeProvider("first");
        final DispatchEngine engine;

        Node(Executor executor) {
            engine = DispatchEngine.builder(store)
                    .clock(clock)
                    .random(new Random(nodes++))
                    .executor(executor)
                    .maxInFlight(MAX_IN_FLIGHT)
                    .account(provider.account, provider)
                    .build();
        }

        int handedOver() {
            return provider.submissions.size();
        }
    }

    private void enqueue(int messages) {
        store.enqueue(IntStream.range(0, messages)
                .mapToObj(i -> VirtualEngine.text("hello " + i).build())
                .toList());
    }

    private static void settle(Node node) {
        while (node.engine.runOnce()) {}
    }

    /** How many another node could begin. */
    private int leftForOthers() {
        var all = new BeginRequest(
                new FakeProvider("first").account, Map.of(Lane.NORMAL, 1_000), false, AttemptId::create);
        return store.beginNext(List.of(all), Duration.ofMinutes(1)).begun().size();
    }

    @Test
    @DisplayName("take no more than they can hand over, so that the rest is there for the others")
    void noHoarding() {
        Queue<Runnable> one = new ArrayDeque<>();
        Queue<Runnable> two = new ArrayDeque<>();
        enqueue(20);

        settle(new Node(one::add));
        settle(new Node(two::add));

        assertThat(one).hasSize(MAX_IN_FLIGHT);
        assertThat(two).hasSize(MAX_IN_FLIGHT);
        assertThat(leftForOthers()).isEqualTo(20 - 2 * MAX_IN_FLIGHT);
    }

    @Test
    @DisplayName("each take as much as they get done: a slow one keeps nothing from a quick one")
    void slowAndQuick() {
        Queue<Runnable> hanging = new ArrayDeque<>();
        var slow = new Node(hanging::add);
        var quick = new Node(Runnable::run);
        enqueue(100);

        settle(slow);
        settle(quick);

        assertThat(quick.handedOver()).isEqualTo(100 - MAX_IN_FLIGHT);
        hanging.forEach(Runnable::run);
        assertThat(slow.handedOver()).isEqualTo(MAX_IN_FLIGHT);
    }

    @Test
    @DisplayName("take part at once when they join in the middle of a campaign")
    void joins() {
        Queue<Runnable> hanging = new ArrayDeque<>();
        var first = new Node(hanging::add);
        enqueue(100);
        settle(first);
        hanging.remove().run();
        settle(first);

        var joining = new Node(Runnable::run);
        settle(joining);

        assertThat(joining.handedOver()).isEqualTo(100 - 1 - MAX_IN_FLIGHT);
    }

    @Test
    @DisplayName("that are held back by a rate keep nothing from the others")
    void heldBack() {
        var account = new FakeProvider("first").account;
        DispatchEngine limited = DispatchEngine.builder(store)
                .clock(clock)
                .random(new Random(9))
                .executor(Runnable::run)
                .ratePerSecond(account, 20)
                .account(account, new FakeProvider("first"))
                .build();
        enqueue(50);
        while (limited.runOnce()) {}

        assertThat(leftForOthers()).as("all but those handed over").isEqualTo(50 - 2);
    }

    @Test
    @DisplayName("that are killed lose what they have claimed to the others when its lease is over")
    void killed() {
        // Claimed by a node of which nothing was heard again.
        enqueue(10);
        assertThat(store.claim(new ClaimRequest(Lane.NORMAL, 1_000, Duration.ofMinutes(1))))
                .hasSize(10);
        var other = new Node(Runnable::run);
        clock.advance(Duration.ofMinutes(1).minusMillis(1));
        settle(other);
        assertThat(other.handedOver()).isZero();

        clock.advance(Duration.ofMillis(1));
        settle(other);

        assertThat(other.handedOver()).isEqualTo(10);
    }
}
