package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.EXPIRED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.Line;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a dead or hanging engine leaves behind")
class RecoveryTest {
    private final FakeProvider provider = new FakeProvider("first");
    /** Hand-overs that were started and have not come back. */
    private final Queue<Runnable> hanging = new ArrayDeque<>();

    private final VirtualEngine virtual =
            new VirtualEngine(UnaryOperator.identity(), UnaryOperator.identity(), hanging::add, provider);

    @Test
    @DisplayName("a hand-over that outlives its lease is put in doubt, not sent again")
    void expiredLease() {
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(SUBMITTING);
        virtual.advance(Duration.ofSeconds(59));
        assertThat(virtual.state(id)).isEqualTo(SUBMITTING);
        virtual.advance(Duration.ofSeconds(2));
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
        assertThat(provider.submissions).isEmpty();
    }

    @Test
    @DisplayName("an answer that comes after the lease still settles the doubt")
    void lateAnswer() {
        var slow = new FakeProvider("slow");
        var engine = new VirtualEngine(slow);
        slow.answer(submission -> {
            // While the provider takes its time, another engine finds the lease ended.
            engine.clock.advance(Duration.ofSeconds(61));
            engine.store.recover(10);
            return SubmitOutcome.Accepted.as("slow-1");
        });
        MessageId id = engine.send("hello");
        engine.settle();
        assertThat(engine.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, SENT);
        assertThat(engine.status(id).providerMessageId()).isEqualTo("slow-1");
    }

    @Test
    @DisplayName("a hand-over that did not start within its lease goes nowhere: the machine slept, others took over")
    void startedTooLate() {
        MessageId id = virtual.send("hello");
        virtual.settle();
        Runnable asleep = hanging.remove();
        virtual.advance(Duration.ofSeconds(61));
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
        asleep.run();
        assertThat(provider.submissions).isEmpty();
        virtual.advance(Duration.ofSeconds(2));
        hanging.forEach(Runnable::run);
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, QUEUED, SUBMITTING, SENT);
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName(
            "no call outlives its lease: that is twice as long as the longest call of any account, whatever is set")
    void longCalls() {
        var slow = new FakeProvider(
                "slow",
                ProviderTraits.builder().longestCall(Duration.ofMinutes(5)).build());
        var engine = new VirtualEngine(
                settings -> settings.lease(Duration.ofSeconds(8)),
                UnaryOperator.identity(),
                Runnable::run,
                provider,
                slow);
        provider.answer(submission -> {
            engine.clock.advance(Duration.ofMinutes(5));
            engine.store.recover(10);
            return SubmitOutcome.Accepted.as("first-1");
        });
        MessageId id = engine.send("hello");
        engine.settle();
        assertThat(engine.path(id)).containsExactly(QUEUED, SUBMITTING, SENT);
    }

    @Test
    @DisplayName("a lease that is longer than need be is kept to")
    void longLease() {
        var engine = new VirtualEngine(
                settings -> settings.lease(Duration.ofMinutes(3)), UnaryOperator.identity(), hanging::add, provider);
        MessageId id = engine.send("hello");
        engine.settle();
        engine.advance(Duration.ofSeconds(179));
        assertThat(engine.state(id)).isEqualTo(SUBMITTING);
        engine.advance(Duration.ofSeconds(1));
        assertThat(engine.state(id)).isEqualTo(IN_DOUBT);
    }

    @Test
    @DisplayName("a call for which too little of the lease is left is not made, and is no doubt")
    void tooLittleLeft() {
        MessageId id = virtual.send("hello");
        virtual.settle();
        Runnable late = hanging.remove();
        virtual.clock.advance(Duration.ofSeconds(30).plusNanos(1000));
        late.run();
        assertThat(provider.submissions).isEmpty();
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, QUEUED);
    }

    @Test
    @DisplayName("a call that its turn comes to after the validity has ended is not made, and the message expires")
    void validityEndedMeanwhile() {
        MessageId id = virtual.engine
                .enqueue(VirtualEngine.text("hello")
                        .validity(Duration.ofSeconds(10))
                        .build())
                .id();
        virtual.settle();
        Runnable late = hanging.remove();
        virtual.clock.advance(Duration.ofSeconds(10));
        late.run();
        virtual.settle();
        assertThat(provider.submissions).isEmpty();
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, QUEUED, EXPIRED);
    }

    @Test
    @DisplayName("a module whose calls take longer than it says is warned of")
    void longerThanItSays() {
        var hasty = new FakeProvider(
                "hasty",
                ProviderTraits.builder().longestCall(Duration.ofNanos(1)).build());
        var engine = new VirtualEngine(hasty);
        engine.send("hello");
        assertThat(Screen.logOf(engine::settle))
                .contains("a call to hasty took ", "its module says 0 ms at most (longestCall)");
    }

    @Test
    @DisplayName("a claim that never reached the wire is handed over by the next engine, without a doubt")
    void claimedButNotBegun() {
        MessageId id = virtual.send("hello");
        // Another node claims the message and dies before it begins the hand-over.
        var line = new Line(provider.account, Lane.NORMAL);
        assertThat(virtual.store.claim(new ClaimRequest(line, 10, Duration.ofMinutes(1))))
                .hasSize(1);
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(QUEUED);
        virtual.advance(Duration.ofSeconds(61));
        hanging.remove().run();
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, SENT);
    }

    @Test
    @DisplayName("a second engine on the same store finds the hand-over in the provider's log and finishes the message")
    void takenOver() {
        MessageId id = virtual.send("hello");
        virtual.settle();
        // The provider takes it; the engine dies before it can write that down.
        Runnable neverWritten = hanging.remove();
        var successor = DispatchEngine.builder(virtual.store)
                .clock(virtual.clock)
                .executor(Runnable::run)
                .account(provider.account, provider)
                .build();
        provider.status = ReceiptState.DELIVERED;
        var written = virtual.store.attempts(id).get(0).id();
        provider.taken.put(written, "first-77");
        virtual.clock.advance(Duration.ofSeconds(61));
        while (successor.runOnce()) {}
        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
        assertThat(virtual.status(id).providerMessageId()).isEqualTo("first-77");
        // What the dead engine would still have said changes nothing.
        neverWritten.run();
        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
    }
}
