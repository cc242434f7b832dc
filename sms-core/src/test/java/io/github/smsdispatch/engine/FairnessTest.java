package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("No account and no lane starves another:")
class FairnessTest {
    private final FakeProvider slow = new FakeProvider("slow");
    private final FakeProvider idle = new FakeProvider("idle");
    private final Queue<Runnable> hanging = new ArrayDeque<>();

    @Test
    @DisplayName("messages for an idle account are found behind many for a busy one")
    void behindABusyAccount() {
        // The slow account never gets an answer, so that its room is full for good.
        var virtual = new VirtualEngine(
                builder -> builder.routing(
                        Routing.byPrefix(Map.of("+1", Routing.failover(slow.account)), Routing.failover(idle.account))),
                UnaryOperator.identity(),
                hanging::add,
                slow,
                idle);
        for (int i = 0; i < 300; i++) {
            virtual.engine.enqueue(Message.to("+12025550123").text("busy " + i).build());
        }
        var ids = new ArrayList<MessageId>();
        for (int i = 0; i < 20; i++) {
            ids.add(virtual.send("idle " + i));
        }
        for (int i = 0; i < 40; i++) {
            virtual.advance(Duration.ofMillis(250));
        }
        assertThat(hanging).hasSize(32 + 20);
        hanging.stream().skip(32).forEach(Runnable::run);
        assertThat(ids).allSatisfy(id -> assertThat(virtual.state(id)).isEqualTo(SENT));
    }

    @Test
    @DisplayName("a reply passes what waits for the same account")
    void replyFirst() {
        var virtual = new VirtualEngine(UnaryOperator.identity(), UnaryOperator.identity(), hanging::add, slow, idle);
        for (int i = 0; i < 60; i++) {
            virtual.send("normal " + i);
        }
        virtual.settle();
        hanging.remove().run();
        virtual.engine.enqueue(VirtualEngine.text("reply").lane(Lane.REPLY).build());
        virtual.settle();
        for (int i = 0; i < 40; i++) {
            hanging.remove().run();
            virtual.settle();
        }
        List<String> texts = slow.submissions.stream().map(Submission::text).toList();
        assertThat(texts.indexOf("reply")).isBetween(1, 36);
    }

    @Test
    @DisplayName("while one account is probed with a single message, the others go on by the next route")
    void probing() {
        for (int i = 0; i < 5; i++) {
            slow.refuse(FailureReason.ACCOUNT);
        }
        var virtual = new VirtualEngine(slow, idle);
        virtual.send("opens the circuit");
        virtual.settle();
        virtual.clock.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 20; i++) {
            virtual.send("during the probe " + i);
        }
        virtual.settle();
        assertThat(slow.submissions).hasSize(2);
        assertThat(idle.submissions).hasSize(21);
    }

    @Test
    @DisplayName("what waits for a limited account longer than half its lease is claimed anew, and all of it is sent")
    void longWaits() {
        ProviderTraits quick =
                ProviderTraits.builder().longestCall(Duration.ofSeconds(2)).build();
        var slow = new FakeProvider("slow", quick);
        var idle = new FakeProvider("idle", quick);
        var virtual = new VirtualEngine(
                builder -> builder.maxInFlight(2).lease(Duration.ofSeconds(4)),
                UnaryOperator.identity(),
                hanging::add,
                slow,
                idle);
        for (int i = 0; i < 30; i++) {
            virtual.send("hello " + i);
        }
        for (int i = 0; i < 200 && !virtual.engine.counts().stream().allMatch(c -> c.state() == SENT); i++) {
            virtual.settle();
            if (!hanging.isEmpty()) {
                hanging.remove().run();
            }
            virtual.advance(Duration.ofMillis(1_500));
        }
        assertThat(slow.submissions.size() + idle.submissions.size()).isEqualTo(30);
    }

    @Test
    @DisplayName("an account that is throttled without a time is asked again after pauses, not in a rush")
    void throttledForZero() {
        for (int i = 0; i < 10; i++) {
            slow.answer(
                    submission -> new SubmitOutcome.Refused(FailureReason.THROTTLED, "429", "scripted", Duration.ZERO));
        }
        var virtual = new VirtualEngine(slow);
        virtual.send("hello");
        virtual.settle();
        assertThat(slow.submissions).hasSize(1);
        virtual.advance(Duration.ofSeconds(1));
        assertThat(slow.submissions).hasSize(2);
        virtual.advance(Duration.ofSeconds(1));
        assertThat(slow.submissions).as("the second pause is longer").hasSize(2);
    }
}
