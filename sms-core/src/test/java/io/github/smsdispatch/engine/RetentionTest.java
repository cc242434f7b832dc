package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.CANCELLED;
import static io.github.smsdispatch.MessageState.SCHEDULED;
import static io.github.smsdispatch.MessageState.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of what is over, an engine")
class RetentionTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    private static final PhoneNumber PERSON = PhoneNumber.parse("+447700900123");

    /** What the store was asked to do, by the names of its methods. */
    private final List<String> asked = new ArrayList<>();

    private boolean refusesToForget;

    private final FakeProvider provider = new FakeProvider("first");

    private VirtualEngine engine(UnaryOperator<DispatchEngineBuilder> settings) {
        return new VirtualEngine(settings, this::watched, Runnable::run, provider);
    }

    private MessageStore watched(MessageStore real) {
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    if (refusesToForget && method.getName().equals("purge")) {
                        throw new StoreException("may not delete", null);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static MessageId withdrawn(VirtualEngine virtual) {
        MessageId id = virtual.engine
                .enqueue(VirtualEngine.text("hello")
                        .dueAt(virtual.clock.instant().plus(DAY))
                        .build())
                .id();
        assertThat(virtual.engine.cancel(id)).isTrue();
        return id;
    }

    @Test
    @DisplayName("forgets nothing, unless it is told to")
    void forEver() {
        try (VirtualEngine virtual = engine(UnaryOperator.identity())) {
            MessageId id = withdrawn(virtual);

            virtual.advance(Duration.ofDays(3650));

            assertThat(virtual.state(id)).isEqualTo(CANCELLED);
            assertThat(asked).doesNotContain("purge", "erase");
        }
    }

    @Test
    @DisplayName("erases number and text first, and removes the rest later")
    void bothRetentions() {
        try (VirtualEngine virtual = engine(builder -> builder.retention(WEEK).personalDataRetention(DAY))) {
            MessageId id = withdrawn(virtual);
            virtual.advance(DAY.minusSeconds(1));
            assertThat(virtual.store.messagesTo(PERSON, null, null, 10).messages())
                    .containsExactly(id);

            virtual.advance(Retention.REST);
            assertThat(virtual.store.messagesTo(PERSON, null, null, 10).messages())
                    .isEmpty();
            assertThat(virtual.state(id)).isEqualTo(CANCELLED);
            virtual.advance(WEEK);

            assertThat(virtual.engine.status(id)).isEmpty();
        }
    }

    @Test
    @DisplayName("removes much in small steps, one in each round and with a pause after it")
    void smallSteps() {
        try (VirtualEngine virtual = engine(builder -> builder.retention(WEEK))) {
            int messages = 2 * Retention.STEP + 1;
            List<MessageId> ids = IntStream.range(0, messages)
                    .mapToObj(i -> withdrawn(virtual))
                    .toList();
            virtual.settle();
            virtual.clock.advance(WEEK);

            for (int left : new int[] {messages - Retention.STEP, messages - 2 * Retention.STEP, 0, 0}) {
                asked.clear();
                assertThat(virtual.engine.runOnce()).as("at once again").isFalse();
                assertThat(ids.stream()
                                .filter(id -> virtual.store.find(id).isPresent())
                                .count())
                        .isEqualTo(left);
            }
            assertThat(asked).as("when nothing was left").doesNotContain("purge");
        }
    }

    @Test
    @DisplayName("that is busy forgets nothing before it has caught up")
    void leastUrgent() {
        try (VirtualEngine virtual = engine(builder -> builder.retention(WEEK))) {
            MessageId old = withdrawn(virtual);
            virtual.settle();
            MessageId expiring = virtual.engine
                    .enqueue(VirtualEngine.text("hello")
                            .dueAt(virtual.clock.instant().plus(WEEK).minus(Message.DEFAULT_VALIDITY))
                            .build())
                    .id();
            virtual.clock.advance(WEEK);
            asked.clear();

            assertThat(virtual.engine.runOnce()).isTrue();

            assertThat(virtual.state(expiring).isFinal()).isTrue();
            assertThat(asked).contains("expire").doesNotContain("purge");
            virtual.settle();
            assertThat(virtual.engine.status(old)).isEmpty();
        }
    }

    @Test
    @DisplayName("leaves the store alone for a minute when nothing is left, or when the store refuses")
    void rests() {
        try (VirtualEngine virtual = engine(builder -> builder.retention(WEEK).personalDataRetention(DAY))) {
            virtual.settle();
            asked.clear();
            virtual.advance(Retention.REST.minusSeconds(1));
            assertThat(asked).doesNotContain("purge", "erase");
            refusesToForget = true;

            virtual.clock.advance(Duration.ofSeconds(1));
            assertThatExceptionOfType(StoreException.class).isThrownBy(virtual.engine::runOnce);

            asked.clear();
            virtual.settle();
            assertThat(asked).contains("expire").doesNotContain("purge", "erase");
        }
    }

    @Test
    @DisplayName("erases one message at somebody's wish, and withdraws it first where it still waits")
    void eraseOne() {
        try (VirtualEngine virtual = engine(UnaryOperator.identity())) {
            MessageId waits = virtual.engine
                    .enqueue(VirtualEngine.text("hello")
                            .dueAt(virtual.clock.instant().plus(DAY))
                            .build())
                    .id();

            assertThat(virtual.engine.erase(waits)).isTrue();

            assertThat(virtual.state(waits)).isEqualTo(CANCELLED);
            assertThat(virtual.heard.get(virtual.heard.size() - 1).event().to()).isEqualTo(CANCELLED);
            virtual.runToTheEnd();
            assertThat(provider.submissions).isEmpty();
            assertThat(virtual.engine.erase(MessageId.create())).isFalse();
        }
    }

    @Test
    @DisplayName("does not erase what a provider has before it is final")
    void eraseSent() {
        try (VirtualEngine virtual = engine(UnaryOperator.identity())) {
            MessageId sent = virtual.send("hello");
            virtual.settle();

            assertThat(virtual.engine.erase(sent)).isFalse();

            assertThat(virtual.state(sent)).isEqualTo(SENT);
            virtual.runToTheEnd();
            assertThat(virtual.engine.erase(sent)).isTrue();
        }
    }

    @Test
    @DisplayName("erases all messages to a recipient, of one tenant or of all, and says which are still open")
    void eraseRecipient() {
        try (VirtualEngine virtual = engine(UnaryOperator.identity())) {
            MessageId sent = virtual.send("hello");
            virtual.settle();
            withdrawn(virtual);
            virtual.engine.enqueue(VirtualEngine.text("hello")
                    .tenant("acme")
                    .dueAt(virtual.clock.instant().plus(DAY))
                    .build());
            MessageId other = virtual.engine
                    .enqueue(Message.to("+447700900456")
                            .text("hello")
                            .dueAt(virtual.clock.instant().plus(DAY))
                            .build())
                    .id();

            assertThat(virtual.engine.eraseRecipient("acme", PERSON)).isEqualTo(new ErasureSummary(1, List.of()));
            assertThat(virtual.engine.eraseRecipient(PERSON)).isEqualTo(new ErasureSummary(1, List.of(sent)));

            assertThat(virtual.state(other)).isEqualTo(SCHEDULED);
            virtual.runToTheEnd();
            assertThat(virtual.engine.eraseRecipient(PERSON)).isEqualTo(new ErasureSummary(1, List.of()));
            assertThat(virtual.store.messagesTo(PERSON, null, null, 10).messages())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("cannot be told to keep it for no time at all")
    void positive() {
        var builder = DispatchEngine.builder(new InMemoryMessageStore());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.retention(Duration.ZERO))
                .withMessage("retention must be at least PT1H and at most PT876000H, but is PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.personalDataRetention(DAY.negated()))
                .withMessage("personalDataRetention must be at least PT1H and at most PT876000H, but is PT-24H");
    }

    @Test
    @DisplayName("cannot be told to keep the message shorter than the number in it")
    void wholeBeforePart() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> engine(builder -> builder.retention(DAY).personalDataRetention(WEEK)))
                .withMessage(
                        "retention: is PT24H, shorter than personalDataRetention, PT168H: the whole message would go"
                                + " first - make it longer, or leave personalDataRetention out");
        assertThatNoException()
                .isThrownBy(() -> engine(builder -> builder.retention(DAY).personalDataRetention(DAY))
                        .close());
    }
}
