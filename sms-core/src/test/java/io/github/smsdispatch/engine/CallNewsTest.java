package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Listeners hear of each call to a provider, and of receipts that come in")
class CallNewsTest {
    private static final Duration ANY = Duration.ZERO;

    private final FakeProvider first = new FakeProvider(
            "first",
            ProviderTraits.builder()
                    .maxBatchSize(10)
                    .absenceProof(Duration.ofMinutes(10))
                    .build());
    private final FakeProvider second = new FakeProvider("second");
    private final Hearing hearing = new Hearing();
    private final VirtualEngine virtual = new VirtualEngine(
            builder -> builder.routing(Routing.failover(first.account, second.account)),
            UnaryOperator.identity(),
            Runnable::run,
            first,
            second);

    CallNewsTest() {
        virtual.engine.addListener(hearing);
    }

    private static final class Hearing implements EngineListener {
        private final List<HandOverCall> handOvers = new ArrayList<>();
        private final List<LookupCall> lookups = new ArrayList<>();
        private final List<ReceiptsHeard> receipts = new ArrayList<>();
        private final List<Duration> took = new ArrayList<>();

        @Override
        public void onChange(StateChange change) {}

        @Override
        public void onHandOver(HandOverCall call) {
            took.add(call.took());
            handOvers.add(new HandOverCall(
                    call.account(),
                    ANY,
                    call.accepted(),
                    call.refused(),
                    call.unknown(),
                    call.failovers(),
                    call.repeats()));
        }

        @Override
        public void onLookup(LookupCall call) {
            took.add(call.took());
            lookups.add(new LookupCall(
                    call.account(),
                    call.kind(),
                    ANY,
                    call.found(),
                    call.absent(),
                    call.unclear(),
                    call.failed(),
                    call.throttled()));
        }

        @Override
        public void onReceipts(ReceiptsHeard heard) {
            receipts.add(heard);
        }
    }

    @Test
    @DisplayName("one hand-over of many messages is one call, with its outcomes by reason and the time it took")
    void outcomes() {
        first.refuse(FailureReason.RECIPIENT)
                .refuse(FailureReason.RECIPIENT)
                .refuse(FailureReason.CONTENT)
                .takeAndLoseTheAnswer();
        for (int i = 0; i < 6; i++) {
            virtual.send("hello " + i);
        }
        virtual.settle();
        assertThat(hearing.handOvers)
                .containsExactly(new HandOverCall(
                        first.account, ANY, 2, Map.of(FailureReason.RECIPIENT, 2, FailureReason.CONTENT, 1), 1, 0, 0));
        assertThat(hearing.handOvers.get(0).messages()).isEqualTo(6);
        assertThat(hearing.took).singleElement().satisfies(time -> assertThat(time)
                .isPositive());
    }

    @Test
    @DisplayName(
            "a message that goes on to another account is a failover there, and one that comes back to the same is none")
    void failovers() {
        first.refuse(FailureReason.SENDER);
        virtual.send("hello");
        virtual.settle();
        assertThat(hearing.handOvers)
                .containsExactly(
                        new HandOverCall(first.account, ANY, 0, Map.of(FailureReason.SENDER, 1), 0, 0, 0),
                        new HandOverCall(second.account, ANY, 1, Map.of(), 0, 1, 0));

        hearing.handOvers.clear();
        first.throttle(Duration.ofSeconds(1));
        virtual.send("hello again");
        virtual.settle();
        virtual.advance(Duration.ofSeconds(2));
        assertThat(hearing.handOvers)
                .containsExactly(
                        new HandOverCall(first.account, ANY, 0, Map.of(FailureReason.THROTTLED, 1), 0, 0, 0),
                        new HandOverCall(first.account, ANY, 1, Map.of(), 0, 0, 0));
    }

    @Test
    @DisplayName("a hand-over that is repeated without proof is told as that, and one that is proven absent is not")
    void repeats() {
        first.dropAndLoseTheAnswer();
        MessageId proven = virtual.send("hello");
        virtual.settle();
        for (int i = 0; i < 60; i++) {
            virtual.advance(Duration.ofMinutes(1));
        }
        assertThat(virtual.state(proven)).isEqualTo(SENT);
        assertThat(hearing.handOvers).extracting(HandOverCall::repeats).containsExactly(0, 0);

        hearing.handOvers.clear();
        first.logSettlesNothing = true;
        first.dropAndLoseTheAnswer();
        virtual.engine.enqueue(
                VirtualEngine.text("hello").doubtPolicy(DoubtPolicy.RESEND).build());
        virtual.settle();
        for (int i = 0; i < 60; i++) {
            virtual.advance(Duration.ofMinutes(1));
        }
        assertThat(hearing.handOvers).extracting(HandOverCall::repeats).containsExactly(0, 1);
    }

    @Test
    @DisplayName("look-ups tell what was asked, what was answered, and how many receipts came with it")
    void lookups() {
        virtual.send("one");
        virtual.send("two");
        virtual.settle();
        virtual.advance(Duration.ofHours(1));
        assertThat(hearing.lookups)
                .containsExactly(new LookupCall(first.account, LookupCall.Kind.STATUS, ANY, 2, 0, 0, 0, false));
        assertThat(hearing.lookups.get(0).messages()).isEqualTo(2);
        assertThat(hearing.receipts)
                .containsExactly(new ReceiptsHeard(first.account, ReceiptsHeard.Source.LOOKUP, 2, 0));

        first.scriptedStatus = Optional.of(new LookupAnswer.Failed("429", "scripted", null));
        hearing.lookups.clear();
        virtual.advance(Duration.ofHours(1));
        assertThat(hearing.lookups)
                .containsExactly(new LookupCall(first.account, LookupCall.Kind.STATUS, ANY, 0, 0, 0, 2, true));
    }

    @Test
    @DisplayName("a search for what is in doubt is told as that")
    void searches() {
        first.dropAndLoseTheAnswer();
        virtual.send("hello");
        virtual.settle();
        virtual.advance(Duration.ofSeconds(15));
        assertThat(hearing.lookups)
                .containsExactly(new LookupCall(first.account, LookupCall.Kind.DOUBT, ANY, 0, 1, 0, 0, false));
        assertThat(hearing.receipts).isEmpty();
    }

    @Test
    @DisplayName("receipts that come by webhook are told with how many of them had come before")
    void webhooks() {
        MessageId id = virtual.send("hello");
        virtual.settle();
        var receipt = new Receipt(
                first.account,
                String.valueOf(virtual.status(id).providerMessageId()),
                null,
                ReceiptState.DELIVERED,
                "delivered",
                null,
                null);
        first.verdict = WebhookVerdict.of(List.of(receipt));
        var request = new WebhookRequest("POST", "https://sms.example.org/first", Map.of(), new byte[0]);
        virtual.engine.receive(first.account, request);
        virtual.engine.receive(first.account, request);
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
        assertThat(hearing.receipts)
                .containsExactly(
                        new ReceiptsHeard(first.account, ReceiptsHeard.Source.WEBHOOK, 1, 0),
                        new ReceiptsHeard(first.account, ReceiptsHeard.Source.WEBHOOK, 1, 1));
    }

    @Test
    @DisplayName("a listener that throws from each of them costs a line in the log, and nothing else")
    void throwing() {
        var thrower = new EngineListener() {
            @Override
            public void onChange(StateChange change) {
                throw new IllegalStateException("scripted");
            }

            @Override
            public void onHandOver(HandOverCall call) {
                throw new AssertionError("scripted");
            }

            @Override
            public void onLookup(LookupCall call) {
                throw new IllegalStateException("scripted");
            }

            @Override
            public void onReceipts(ReceiptsHeard receipts) {
                throw new IllegalStateException("scripted");
            }
        };
        virtual.engine.addListener(thrower);
        first.status = ReceiptState.DELIVERED;
        MessageId id = virtual.send("hello");
        String log = Screen.logOf(() -> {
            virtual.settle();
            virtual.advance(Duration.ofHours(1));
        });
        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
        assertThat(log.lines().filter(line -> line.contains("a listener threw")))
                .hasSize(2)
                .first()
                .asString()
                .contains("(1 since the last line like this)");
    }
}
