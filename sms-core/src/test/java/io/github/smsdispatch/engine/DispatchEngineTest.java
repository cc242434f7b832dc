package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.CANCELLED;
import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.EXPIRED;
import static io.github.smsdispatch.MessageState.SCHEDULED;
import static io.github.smsdispatch.MessageState.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The dispatch engine")
class DispatchEngineTest {
    private final FakeProvider provider = new FakeProvider("first");
    private final VirtualEngine virtual = new VirtualEngine(provider);

    @Test
    @DisplayName("sends a scheduled message when it is due, not before")
    void scheduled() {
        MessageId id = virtual.engine
                .enqueue(VirtualEngine.text("later")
                        .dueAt(virtual.clock.instant().plus(Duration.ofHours(3)))
                        .build())
                .id();
        virtual.advance(Duration.ofMinutes(179));
        assertThat(virtual.state(id)).isEqualTo(SCHEDULED);
        virtual.advance(Duration.ofMinutes(1));
        assertThat(virtual.state(id)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("never hands over a message whose validity is over")
    void expired() {
        MessageId stale = virtual.engine
                .enqueue(VirtualEngine.text("stale")
                        .dueAt(virtual.clock.instant().minus(Duration.ofDays(3)))
                        .build())
                .id();
        virtual.settle();
        assertThat(virtual.state(stale)).isEqualTo(EXPIRED);
        assertThat(provider.submissions).isEmpty();
    }

    @Test
    @DisplayName("expires what waits for a stopped provider")
    void expiresWhileHeld() {
        virtual.engine.setRunState(provider.account, RunState.PAUSED);
        virtual.settle();
        MessageId id = virtual.send("hello");
        virtual.runToTheEnd();
        assertThat(virtual.state(id)).isEqualTo(EXPIRED);
        assertThat(provider.submissions).isEmpty();
    }

    @Test
    @DisplayName("serves a reply before the blast that came before it")
    void lanes() {
        virtual.engine.enqueueAll(IntStream.range(0, 500)
                .mapToObj(i -> VirtualEngine.text("blast " + i).lane(Lane.BULK).build()));
        virtual.engine.enqueue(VirtualEngine.text("reply").lane(Lane.REPLY).build());
        virtual.engine.runOnce();
        assertThat(provider.submissions)
                .extracting(Submission::text)
                .contains("reply")
                .hasSizeGreaterThan(1);
    }

    @Test
    @DisplayName("takes a message with the same idempotency key once and names the first")
    void idempotent() {
        var first = virtual.engine.enqueue(
                VirtualEngine.text("hello").idempotencyKey("order-1").build());
        var second = virtual.engine.enqueue(
                VirtualEngine.text("hello").idempotencyKey("order-1").build());
        virtual.settle();
        assertThat(first.added()).isTrue();
        assertThat(second.added()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("counts what a stream added and what it had already")
    void streams() {
        var summary = virtual.engine.enqueueAll(IntStream.range(0, 1_234).mapToObj(i -> VirtualEngine.text("hello")
                .idempotencyKey("key-" + i % 1_000)
                .build()));
        assertThat(summary).isEqualTo(new EnqueueSummary(1_000, 234));
    }

    @Test
    @DisplayName("withdraws a message that is not handed over yet, and says so when it is too late")
    void cancel() {
        MessageId later = virtual.engine
                .enqueue(VirtualEngine.text("later")
                        .dueAt(virtual.clock.instant().plusSeconds(60))
                        .build())
                .id();
        MessageId now = virtual.send("now");
        virtual.settle();
        assertThat(virtual.engine.cancel(later)).isTrue();
        assertThat(virtual.engine.cancel(now)).isFalse();
        assertThat(virtual.engine.cancel(MessageId.create())).isFalse();
        virtual.advance(Duration.ofMinutes(2));
        assertThat(virtual.state(later)).isEqualTo(CANCELLED);
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("tells listeners every change in order, and goes on when one of them throws")
    void listeners() {
        var engine = new VirtualEngine(
                builder -> builder.listener(change -> {
                    throw new IllegalStateException("a bad listener");
                }),
                UnaryOperator.identity(),
                Runnable::run,
                provider);
        provider.status = ReceiptState.DELIVERED;
        MessageId id = engine.send("hello");
        engine.runToTheEnd();
        assertThat(engine.heard)
                .filteredOn(change -> change.message().equals(id))
                .extracting(change -> change.event().to().name())
                .containsExactly("SUBMITTING", "SENT", "DELIVERED");
        assertThat(engine.heard).extracting(StateChange::tenant).containsOnly("default");
    }

    @Test
    @DisplayName("keeps to an agreed throughput")
    void rateLimit() {
        // One in a second, and the test is over long before the second one may go.
        var limited = new VirtualEngine(
                builder -> builder.ratePerSecond(provider.account, 1),
                UnaryOperator.identity(),
                Runnable::run,
                provider);
        for (int i = 0; i < 50; i++) {
            limited.send("hello " + i);
        }
        limited.settle();
        assertThat(provider.submissions.size()).isBetween(1, 5);
    }

    @Test
    @Timeout(60)
    @DisplayName("runs by itself on real threads, and drain returns when every message is final")
    void realThreads() throws Exception {
        var account = ProviderAccount.of("fast");
        var store = new InMemoryMessageStore();
        var delivered = new AtomicInteger();
        var handedOver = new AtomicInteger();
        SmsProvider fast = new SmsProvider() {
            @Override
            public ProviderTraits traits() {
                return ProviderTraits.builder().build();
            }

            @Override
            public List<SubmitOutcome> submit(List<Submission> batch) {
                return List.of(SubmitOutcome.Accepted.as("id-" + handedOver.incrementAndGet()));
            }
        };
        EngineListener carrier = change -> {
            if (change.event().to() == SENT) {
                String id = store.find(change.message()).orElseThrow().providerMessageId();
                store.receive(List.of(new Receipt(account, id, null, ReceiptState.DELIVERED, "delivered", null, null)));
            } else if (change.event().to() == DELIVERED) {
                delivered.incrementAndGet();
            }
        };
        try (var engine = DispatchEngine.builder(store)
                .account(account, fast)
                .listener(carrier)
                .idlePause(Duration.ofMillis(20))
                .build()
                .start()) {
            engine.enqueueAll(IntStream.range(0, 2_000)
                    .mapToObj(i -> Message.to("+12025550123").text("hello " + i).build()));
            assertThat(engine.drain(Duration.ofSeconds(50))).isTrue();
        }
        assertThat(delivered).hasValue(2_000);
        assertThat(handedOver).hasValue(2_000);
    }

    @Test
    @DisplayName("shows with each account what its provider said that this version does not know")
    void unknownCodes() {
        assertThat(virtual.engine.health().accounts().get(0).unknownCodes()).isEmpty();
        provider.unknown = Map.of("receipt 30999", 3L);
        assertThat(virtual.engine.health().accounts().get(0).unknownCodes())
                .containsExactly(Map.entry("receipt 30999", 3L));
    }

    @Test
    @DisplayName("drain gives up when its time is over")
    void drainGivesUp() throws Exception {
        virtual.send("nobody steps this engine");
        assertThat(virtual.engine.drain(Duration.ofMillis(1))).isFalse();
    }

    @Test
    @DisplayName("a routing that throws for one message holds that message and no other")
    void throwingRouting() {
        var engine = new VirtualEngine(
                builder -> builder.routing(message -> {
                    if (message.text().equals("bad")) {
                        throw new IllegalStateException("no route for +447700900123");
                    }
                    return List.of(provider.account);
                }),
                UnaryOperator.identity(),
                Runnable::run,
                provider);
        MessageId bad = engine.send("bad");
        for (int i = 0; i < 40; i++) {
            engine.send("good " + i);
        }
        engine.settle();
        assertThat(provider.submissions).hasSize(40);
        assertThat(engine.status(bad).hold()).isEqualTo(HoldReason.NO_PROVIDER_UP);
    }

    @Test
    @DisplayName("holds a message for an account that only another node knows")
    void unknownAccount() {
        var engine = new VirtualEngine(
                builder -> builder.routing(message -> List.of(ProviderAccount.of("elsewhere"))),
                UnaryOperator.identity(),
                Runnable::run,
                provider);
        MessageId id = engine.send("hello");
        engine.settle();
        assertThat(engine.status(id).hold()).isEqualTo(HoldReason.NO_PROVIDER_UP);
        assertThat(provider.submissions).isEmpty();
    }

    @Test
    @Timeout(60)
    @DisplayName("goes on after a listener that throws an error or leaves an interrupt behind")
    void hostileListeners() throws Exception {
        var store = new InMemoryMessageStore();
        try (var engine = DispatchEngine.builder(store)
                .account(provider.account, provider)
                .maxInFlight(1)
                .idlePause(Duration.ofMillis(20))
                .listener(change -> {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("a bad listener");
                })
                .build()
                .start()) {
            provider.status = ReceiptState.DELIVERED;
            for (int i = 0; i < 3; i++) {
                MessageId id =
                        engine.enqueue(VirtualEngine.text("hello " + i).build()).id();
                while (engine.status(id).orElseThrow().state() != SENT) {
                    Thread.onSpinWait();
                }
                assertThat(engine.health().running()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("cannot be drained once it is closed with messages open")
    void drainAfterClose() {
        virtual.send("hello");
        virtual.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> virtual.engine.drain(Duration.ofDays(1)))
                .withMessageContaining("closed");
    }

    @Test
    @DisplayName("refuses to be started twice, or without an account")
    void misuse() {
        try (var engine = DispatchEngine.builder(new InMemoryMessageStore())
                .account(provider.account, provider)
                .build()
                .start()) {
            assertThatIllegalStateException().isThrownBy(engine::start).withMessageContaining("build another one");
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> DispatchEngine.builder(new InMemoryMessageStore()).build())
                .withMessage("engine: has no account - call account(...) or accounts(...) before build()");
    }

    @Test
    @DisplayName("refuses whatever names an account that it does not have, all of it at once")
    void namesOfNobody() {
        Routing routing = Routing.byTenant(
                Map.of("clinic", Routing.weighted(Map.of(provider.account, 1, ProviderAccount.of("frist"), 1))),
                Routing.byPrefix(
                        Map.of("+44", Routing.failover(ProviderAccount.of("secnod"))),
                        message -> List.of(ProviderAccount.of("elsewhere"))));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> DispatchEngine.builder(new InMemoryMessageStore())
                        .account(provider.account, provider)
                        .ratePerSecond(ProviderAccount.of("fist"), 5)
                        .routing(routing)
                        .build())
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(ConfigurationProblem::setting, ConfigurationProblem::problem)
                        .containsExactly(
                                tuple("ratePerSecond", isNoAccount("fist")),
                                tuple("routing", isNoAccount("frist")),
                                tuple("routing", isNoAccount("secnod"))));
    }

    static List<Routing> emptyRoutings() {
        Routing sound = Routing.failover(ProviderAccount.of("first"));
        return List.of(
                Routing.failover(),
                Routing.failover(List.of()),
                Routing.weighted(Map.of()),
                Routing.byTenant(Map.of("clinic", Routing.failover()), sound),
                Routing.byPrefix(Map.of("+44", sound), Routing.byTenant(Map.of(), Routing.weighted(Map.of()))));
    }

    @ParameterizedTest
    @MethodSource("emptyRoutings")
    @DisplayName("refuses a routing of which any part lists no account")
    void routingOfNobody(Routing routing) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> DispatchEngine.builder(new InMemoryMessageStore())
                        .account(provider.account, provider)
                        .routing(routing)
                        .build())
                .withMessage(
                        "routing: lists no account, in whole or in one of its parts: messages that come upon it would"
                                + " never leave - name an account in each failover(...) and weighted(...)");
    }

    private static String isNoAccount(String name) {
        return "names " + name + ", which is no account of this engine (its accounts are [first])";
    }
}
