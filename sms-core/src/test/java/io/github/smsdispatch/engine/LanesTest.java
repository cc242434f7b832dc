package io.github.smsdispatch.engine;

import static io.github.smsdispatch.Lane.BULK;
import static io.github.smsdispatch.Lane.NORMAL;
import static io.github.smsdispatch.Lane.REPLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.spi.Submission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of messages in several lanes")
class LanesTest {
    private static final Duration TICK = Duration.ofMillis(10);

    private final FakeProvider provider = new FakeProvider("first");
    private final FakeProvider other = new FakeProvider("second");
    private final Queue<Runnable> hanging = new ArrayDeque<>();

    /** An engine whose provider answers when the test says so. */
    private VirtualEngine slow(UnaryOperator<DispatchEngineBuilder> settings, FakeProvider... providers) {
        return new VirtualEngine(settings, UnaryOperator.identity(), hanging::add, providers);
    }

    private VirtualEngine limited(int perSecond) {
        return new VirtualEngine(
                builder -> builder.ratePerSecond(provider.account, perSecond),
                UnaryOperator.identity(),
                Runnable::run,
                provider);
    }

    private static void send(VirtualEngine engine, Lane lane, int count) {
        for (int i = 0; i < count; i++) {
            engine.engine.enqueue(VirtualEngine.text(lane + " " + i).lane(lane).build());
        }
    }

    private static void run(VirtualEngine engine, Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            engine.settle();
            engine.clock.advance(TICK);
        }
    }

    private List<String> texts() {
        return provider.submissions.stream().map(Submission::text).toList();
    }

    private long handedOver(Lane lane) {
        return texts().stream().filter(text -> text.startsWith(lane + " ")).count();
    }

    @Test
    @DisplayName("a reply gets the next place that comes free, however long a blast has waited")
    void replyIsNext() {
        VirtualEngine engine = slow(builder -> builder.maxInFlight(4), provider);
        send(engine, BULK, 100);
        engine.settle();
        assertThat(hanging).hasSize(4);
        send(engine, REPLY, 1);
        for (int i = 0; i < 6; i++) {
            hanging.remove().run();
            engine.settle();
        }
        // One of eight places is the blast's even now, so that it may be the second.
        assertThat(texts().indexOf("REPLY 0")).isBetween(4, 5);
    }

    @Test
    @DisplayName("a reply goes next where a rate holds a blast back")
    void replyWithinARate() {
        VirtualEngine engine = limited(10);
        send(engine, BULK, 100);
        run(engine, Duration.ofMillis(2_050));
        assertThat(texts()).hasSize(21);
        send(engine, REPLY, 1);

        run(engine, Duration.ofMillis(100));

        assertThat(texts()).hasSize(22).last().isEqualTo("REPLY 0");
    }

    @Test
    @DisplayName("several replies go next together where a rate lets several begin at a time")
    void repliesWithinARate() {
        VirtualEngine engine = limited(100);
        send(engine, BULK, 200);
        run(engine, Duration.ofMillis(1_050));
        assertThat(texts()).hasSize(105);
        send(engine, REPLY, 10);

        run(engine, Duration.ofMillis(100));

        assertThat(texts()).hasSize(115);
        assertThat(handedOver(REPLY)).as("all but the share of the blast").isBetween(8L, 9L);
    }

    @Test
    @DisplayName("a reply comes before a blast for the same account, whatever room another has")
    void fullOfBulk() {
        VirtualEngine engine = slow(builder -> builder.maxInFlight(4), provider, other);
        send(engine, BULK, 50);
        engine.settle();
        engine.advance(Duration.ofSeconds(1));
        assertThat(hanging).hasSize(4);
        send(engine, REPLY, 2);
        engine.settle();

        hanging.remove().run();
        hanging.remove().run();
        engine.settle();
        hanging.forEach(Runnable::run);

        assertThat(handedOver(REPLY)).isEqualTo(2);
    }

    @Test
    @DisplayName("replies without end leave a blast and the rest one place in eight each, and take all others")
    void noneStarves() {
        VirtualEngine engine = limited(10);
        send(engine, BULK, 30);
        send(engine, NORMAL, 30);
        for (int i = 0; i < 16; i++) {
            send(engine, REPLY, 10);
            run(engine, Duration.ofSeconds(1));
        }

        assertThat(texts()).hasSize(160);
        assertThat(handedOver(BULK)).isBetween(20L, 23L);
        assertThat(handedOver(NORMAL)).isBetween(20L, 23L);
    }

    @Test
    @DisplayName("replies leave a blast its part also where places come free one by one")
    void noneStarvesForWantOfPlaces() {
        VirtualEngine engine = slow(builder -> builder.maxInFlight(1), provider);
        send(engine, BULK, 30);
        send(engine, REPLY, 160);
        engine.settle();
        for (int i = 0; i < 160; i++) {
            hanging.remove().run();
            engine.settle();
        }

        assertThat(texts()).hasSize(160);
        assertThat(handedOver(BULK)).isBetween(20L, 23L);
    }

    @Test
    @DisplayName("a blast has all that the others do not need")
    void blastAlone() {
        VirtualEngine engine = limited(10);
        send(engine, BULK, 100);

        run(engine, Duration.ofSeconds(5));

        assertThat(handedOver(BULK)).isEqualTo(50);
    }
}
