package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.internal.TestClock;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.PastAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An account for which no rate was agreed")
class BorneRateTest {
    private static final Duration TICK = Duration.ofMillis(10);

    private final TestClock clock = new TestClock();
    private final InMemoryMessageStore store = new InMemoryMessageStore(clock);
    private final FakeProvider provider = new FakeProvider("first");
    private final DispatchEngine engine = DispatchEngine.builder(store)
            .clock(clock)
            .random(new Random(7))
            .executor(Runnable::run)
            .account(provider.account, provider)
            .build();

    /** When those that it took in the last second came. */
    private final Deque<Instant> taken = new ArrayDeque<>();

    private int takenInAll;
    private int limit;

    private SubmitOutcome answer() {
        provider.answer(submission -> answer());
        Instant now = clock.instant();
        taken.removeIf(came -> !came.isAfter(now.minusSeconds(1)));
        if (taken.size() >= limit) {
            return new SubmitOutcome.Refused(FailureReason.THROTTLED, "429", "too many", null);
        }
        taken.add(now);
        return SubmitOutcome.Accepted.as("id-" + ++takenInAll);
    }

    private List<MessageId> enqueue(int messages) {
        provider.answer(submission -> answer());
        var ids = new ArrayList<MessageId>();
        engine.enqueueAll(IntStream.range(0, messages)
                .mapToObj(i -> VirtualEngine.text("hello " + i).build())
                .peek(message -> ids.add(message.id()))
                .iterator());
        return ids;
    }

    private void run(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            while (engine.runOnce()) {}
            clock.advance(TICK);
        }
    }

    @ParameterizedTest(name = "{0} a second")
    @ValueSource(ints = {5, 100, 500})
    @DisplayName("gets nearly as many as its provider bears, once that has said what is too many")
    void nearlyAll(int perSecond) {
        limit = perSecond;
        enqueue(25 * perSecond);

        run(Duration.ofSeconds(20));

        assertThat(takenInAll).isBetween(18 * perSecond, 21 * perSecond);
        assertThat(provider.submissions.size() - takenInAll)
                .as("hand-overs that were too many, in 20 s")
                .isLessThan(5);
    }

    @Test
    @DisplayName("gets more again when the limit is lifted")
    void lifted() {
        limit = 20;
        enqueue(3_000);
        run(Duration.ofSeconds(10));
        assertThat(takenInAll).isLessThan(220);

        limit = Integer.MAX_VALUE;
        run(Duration.ofMinutes(3));

        assertThat(takenInAll).isEqualTo(3_000);
    }

    @Test
    @DisplayName("begins as many as there is room for while nothing was too many")
    void unlimited() {
        limit = Integer.MAX_VALUE;
        enqueue(1_000);

        while (engine.runOnce()) {}

        assertThat(takenInAll).isEqualTo(1_000);
    }

    @Test
    @DisplayName("does not hold against a message that it was begun and then not handed over")
    void notMade() {
        limit = 1;
        List<MessageId> ids = enqueue(10);
        while (engine.runOnce()) {}
        List<MessageId> notMade = ids.stream()
                .filter(id -> store.attempts(id).stream().anyMatch(HandOver::wasNotMade))
                .toList();
        assertThat(notMade).hasSize(8);
        limit = Integer.MAX_VALUE;

        // By what was taken before, one goes in a second.
        run(Duration.ofSeconds(12));

        assertThat(notMade).allSatisfy(id -> assertThat(store.attempts(id))
                .extracting(PastAttempt::result)
                .endsWith(PastAttempt.Result.ACCEPTED));
    }
}
