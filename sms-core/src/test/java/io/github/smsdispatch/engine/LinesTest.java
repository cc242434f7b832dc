package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Each account has a line of its own:")
class LinesTest {
    private static final int MANY = 10_000;

    private final FakeProvider first = new FakeProvider("first");
    private final FakeProvider second = new FakeProvider("second");

    private final AtomicInteger claims = new AtomicInteger();

    /** Which claim fails; 0: none. */
    private int failingClaim;

    /** Calls of the store that change something. */
    private final AtomicInteger writes = new AtomicInteger();

    /** Numbers that begin with +1 go to the first alone, those with +44 to the second alone, all others to either. */
    private final Routing byPrefix = Routing.byPrefix(
            Map.of("+1", Routing.failover(first.account), "+44", Routing.failover(second.account)),
            Routing.failover(first.account, second.account));

    private VirtualEngine engine(UnaryOperator<DispatchEngineBuilder> settings, FakeProvider... providers) {
        Routing routing = providers.length == 1 ? message -> byPrefix.accountsFor(message) : byPrefix;
        return new VirtualEngine(
                builder -> settings.apply(builder.routing(routing)), this::counted, Runnable::run, providers);
    }

    private MessageStore counted(MessageStore real) {
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, arguments) -> {
                    if (List.of("claim", "begin", "beginNext", "release", "reserve")
                            .contains(method.getName())) {
                        writes.incrementAndGet();
                    }
                    if (method.getName().equals("claim") && claims.incrementAndGet() == failingClaim) {
                        throw new StoreException("lost", null);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void enqueue(VirtualEngine virtual, String recipient, int count) {
        virtual.engine.enqueueAll(IntStream.range(0, count)
                .mapToObj(i -> Message.to(recipient).text("hello " + i).build()));
    }

    private static MessageId send(VirtualEngine virtual, String recipient) {
        return virtual.engine
                .enqueue(Message.to(recipient).text("hello").build())
                .id();
    }

    @Test
    @DisplayName("ten thousand that wait for one account with a low rate keep nothing from the others")
    void limited() {
        VirtualEngine virtual = engine(builder -> builder.ratePerSecond(first.account, 10), first, second);
        enqueue(virtual, "+12025550123", MANY);
        virtual.settle();

        enqueue(virtual, "+447700900123", 1_000);
        virtual.settle();

        assertThat(second.submissions).hasSize(1_000);
        for (int i = 0; i < 20; i++) {
            virtual.advance(Duration.ofMillis(100));
        }
        assertThat(first.submissions).as("all that the rate gives").hasSizeBetween(20, 22);
    }

    @Test
    @DisplayName("and neither do those that were stored without an account")
    void unsorted() {
        VirtualEngine virtual = engine(builder -> builder.ratePerSecond(first.account, 10), first, second);
        virtual.store.enqueue(IntStream.range(0, 10_000)
                .mapToObj(i -> Message.to("+12025550123").text("hello " + i).build())
                .toList());
        virtual.store.enqueue(List.of(Message.to("+447700900123").text("hello").build()));

        virtual.settle();

        assertThat(second.submissions).hasSize(1);
        assertThat(writes).as("each is sorted once, hundreds at a time").hasValueLessThan(100);
    }

    @Test
    @DisplayName("what waits for a stopped account costs nothing where nobody else may take it")
    void stoppedAlone() {
        VirtualEngine virtual = engine(UnaryOperator.identity(), first);
        virtual.engine.setRunState(first.account, RunState.PAUSED);
        virtual.settle();
        enqueue(virtual, "+12025550123", 5_000);
        writes.set(0);

        virtual.advance(Duration.ofSeconds(1));
        virtual.advance(Duration.ofHours(1));

        assertThat(writes).hasValue(0);
        virtual.engine.setRunState(first.account, RunState.RUNNING);
        virtual.settle();
        assertThat(first.submissions).hasSize(5_000);
    }

    @Test
    @DisplayName("nor does it cost much where another one runs that may not take it")
    void stoppedBesideAnother() {
        VirtualEngine virtual = engine(UnaryOperator.identity(), first, second);
        virtual.engine.setRunState(first.account, RunState.PAUSED);
        virtual.settle();
        enqueue(virtual, "+12025550123", 10_000);
        writes.set(0);

        for (int i = 0; i < 100; i++) {
            virtual.advance(Duration.ofSeconds(1));
        }

        assertThat(writes).as("two each five seconds").hasValueLessThanOrEqualTo(2 * 21);
        virtual.engine.setRunState(first.account, RunState.RUNNING);
        virtual.settle();
        assertThat(first.submissions).as("all of them, at once").hasSize(10_000);
    }

    @Test
    @DisplayName("what waits for an account that is stopped goes to another that may take it")
    void movesOn() {
        VirtualEngine virtual = engine(builder -> builder.ratePerSecond(first.account, 10), first, second);
        enqueue(virtual, "+33612345678", 5_000);
        virtual.settle();
        assertThat(second.submissions).isEmpty();

        virtual.engine.setRunState(first.account, RunState.DRAINING);
        virtual.settle();

        assertThat(first.submissions.size() + second.submissions.size()).isEqualTo(5_000);
    }

    @Test
    @DisplayName("what waits for an account that goes down goes to another, but for what it is probed with")
    void goesDown() {
        for (int i = 0; i < 40; i++) {
            first.refuse(FailureReason.ACCOUNT);
        }
        VirtualEngine virtual = engine(UnaryOperator.identity(), first, second);
        enqueue(virtual, "+33612345678", 1_000);

        virtual.settle();
        virtual.advance(Duration.ofMinutes(1));

        assertThat(virtual.engine.counts())
                .allSatisfy(count -> assertThat(count.state()).isEqualTo(SENT));
        assertThat(second.submissions).hasSizeBetween(960, 1_000);
    }

    @Test
    @DisplayName("what waits for an account that is down is found by it when it is up again, though nothing else comes")
    void comesUp() {
        first.refuse(FailureReason.ACCOUNT);
        VirtualEngine virtual = engine(UnaryOperator.identity(), first);
        MessageId one = send(virtual, "+12025550123");
        MessageId two = send(virtual, "+12025550124");
        virtual.settle();

        virtual.advance(Duration.ofMinutes(1));

        assertThat(virtual.state(one)).isEqualTo(SENT);
        assertThat(virtual.state(two)).isEqualTo(SENT);
    }

    @Test
    @DisplayName("an account that is down is probed by what is new, where its line is empty")
    void probedByWhatIsNew() {
        first.refuse(FailureReason.ACCOUNT);
        VirtualEngine virtual = engine(UnaryOperator.identity(), first, second);
        send(virtual, "+33612345678");
        virtual.settle();
        assertThat(second.submissions).hasSize(1);
        virtual.clock.advance(Duration.ofMinutes(1));

        for (int i = 0; i < 10; i++) {
            send(virtual, "+33612345678");
        }
        virtual.settle();

        assertThat(first.submissions).as("the one that failed, and the probe").hasSize(2);
        assertThat(second.submissions).hasSize(10);
        send(virtual, "+33612345678");
        virtual.settle();
        assertThat(first.submissions).as("up again").hasSize(3);
    }

    @Test
    @DisplayName("a message for an account of another node waits there for that node, and no node holds it up")
    void anotherNodes() {
        VirtualEngine here = engine(UnaryOperator.identity(), first);
        MessageId id = send(here, "+447700900123");
        here.settle();
        assertThat(here.status(id).hold()).isEqualTo(HoldReason.NO_PROVIDER_UP);

        try (DispatchEngine there = DispatchEngine.builder(here.store)
                .clock(here.clock)
                .executor(Runnable::run)
                .routing(byPrefix)
                .account(second.account, second)
                .account(first.account, new FakeProvider("first"))
                .build()) {
            while (there.runOnce()) {}
        }

        assertThat(here.state(id)).isEqualTo(SENT);
    }

    @Test
    @DisplayName(
            "nobody takes from the line of another node's account, however long it is, but where an operator stops that account")
    void notMine() {
        VirtualEngine here = engine(UnaryOperator.identity(), second);
        List<Message> messages = IntStream.range(0, 300)
                .mapToObj(i -> Message.to("+33612345678").text("hello " + i).build())
                .toList();
        here.store.enqueue(
                messages, messages.stream().collect(Collectors.toMap(Message::id, message -> first.account)));
        here.settle();
        here.advance(Duration.ofHours(1));
        assertThat(second.submissions).isEmpty();

        here.engine.setRunState(first.account, RunState.PAUSED);
        here.settle();
        here.advance(Duration.ofMinutes(1));

        assertThat(second.submissions).hasSize(300);
    }

    @Test
    @DisplayName("behind those that have to wait for a stopped account, those that need not are found")
    void behindOthers() {
        VirtualEngine virtual = engine(builder -> builder.ratePerSecond(first.account, 1), first, second);
        enqueue(virtual, "+12025550123", 1_000);
        enqueue(virtual, "+33612345678", 50);
        virtual.settle();

        virtual.engine.setRunState(first.account, RunState.PAUSED);
        for (int i = 0; i < 30; i++) {
            virtual.advance(Duration.ofSeconds(2));
        }

        assertThat(second.submissions).hasSize(50);
    }

    @Test
    @DisplayName(
            "no more goes to another account than it can begin, so that the rest is still there for one that comes back")
    void noDump() {
        VirtualEngine virtual = engine(
                builder -> builder.ratePerSecond(first.account, 10).ratePerSecond(second.account, 5), first, second);
        enqueue(virtual, "+33612345678", 5_000);
        virtual.settle();
        virtual.engine.setRunState(first.account, RunState.PAUSED);
        for (int i = 0; i < 60; i++) {
            virtual.advance(Duration.ofMillis(100));
        }
        virtual.engine.setRunState(first.account, RunState.RUNNING);
        int before = first.submissions.size();
        for (int i = 0; i < 200; i++) {
            virtual.advance(Duration.ofMillis(100));
        }

        assertThat(first.submissions.size() - before).as("it goes on as before").isGreaterThan(150);
        assertThat(second.submissions.size()).isLessThan(Detours.STEP);
    }

    @Test
    @DisplayName("what is due later gets its account when it is due")
    void later() {
        first.refuse(FailureReason.ACCOUNT);
        VirtualEngine virtual = engine(UnaryOperator.identity(), first, second);
        send(virtual, "+33612345678");
        virtual.settle();
        for (int i = 0; i < 20; i++) {
            virtual.engine.enqueue(Message.to("+33612345678")
                    .text("tomorrow " + i)
                    .dueAt(virtual.clock.instant().plus(Duration.ofHours(20)))
                    .build());
        }
        virtual.advance(Duration.ofMinutes(1));
        send(virtual, "+33612345678");
        virtual.settle();
        assertThat(first.submissions).as("the one that failed, and the probe").hasSize(2);

        virtual.advance(Duration.ofHours(20));

        assertThat(first.submissions).hasSize(22);
    }

    @Test
    @DisplayName(
            "a message whose claim was made in a round that failed, and is made again when its lease is over, is handed over once")
    void claimedTwice() {
        VirtualEngine virtual = engine(UnaryOperator.identity(), first);
        virtual.store.enqueue(List.of(
                Message.to("+12025550123").text("one").build(),
                Message.to("+12025550123").text("two").lane(Lane.BULK).build()));
        failingClaim = 2;
        assertThatExceptionOfType(StoreException.class).isThrownBy(virtual::settle);
        assertThat(first.submissions).as("what was claimed before goes").hasSize(1);
        failingClaim = 0;

        virtual.advance(Duration.ofHours(1));

        assertThat(first.submissions).hasSize(2);
        assertThat(virtual.engine.counts())
                .allSatisfy(count -> assertThat(count.state()).isEqualTo(SENT));
    }
}
