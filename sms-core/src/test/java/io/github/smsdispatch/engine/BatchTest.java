package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.spi.ProviderTraits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A provider that takes several messages in a call")
class BatchTest {
    private static FakeProvider provider(int size, boolean sharedText) {
        return new FakeProvider(
                "first",
                ProviderTraits.builder()
                        .maxBatchSize(size)
                        .batchesShareText(sharedText)
                        .build());
    }

    /** Each a moment after the one before: what is due earlier is claimed earlier. */
    private static MessageId enqueue(VirtualEngine engine, Message.Builder message) {
        engine.clock.advance(Duration.ofMillis(1));
        return engine.engine.enqueue(message.build()).id();
    }

    private static List<MessageId> send(VirtualEngine engine, String... texts) {
        List<MessageId> ids = Stream.of(texts)
                .map(text -> enqueue(engine, VirtualEngine.text(text)))
                .toList();
        engine.settle();
        return ids;
    }

    @Test
    @DisplayName("gets as many as it takes, whatever their texts")
    void anyTexts() {
        FakeProvider provider = provider(2, false);
        send(new VirtualEngine(provider), "a", "b", "a");
        assertThat(provider.batches).containsExactly(List.of("a", "b"), List.of("a"));
    }

    @Test
    @DisplayName("gets those of one text together where a batch has one text")
    void oneText() {
        FakeProvider provider = provider(2, true);
        VirtualEngine engine = new VirtualEngine(provider);
        List<MessageId> ids = send(engine, "a", "b", "a", "b", "a");
        assertThat(provider.batches).containsExactly(List.of("a", "a"), List.of("a"), List.of("b", "b"));
        assertThat(ids).allSatisfy(id -> assertThat(engine.state(id)).isEqualTo(SENT));
    }

    @Test
    @DisplayName("gets those of one sender together where a batch has one text")
    void oneSender() {
        FakeProvider provider = provider(10, true);
        VirtualEngine engine = new VirtualEngine(provider);
        for (String sender : List.of("ACME", "Globex", "ACME")) {
            enqueue(engine, VirtualEngine.text("a").sender(Sender.of(sender)));
        }
        send(engine, "a");
        assertThat(provider.batches).containsExactly(List.of("a", "a"), List.of("a"), List.of("a"));
        assertThat(provider.submissions)
                .extracting(submission ->
                        submission.sender() == null ? null : submission.sender().value())
                .containsExactly("ACME", "ACME", "Globex", null);
    }

    @Test
    @DisplayName("settles each message by the outcome of its own place, also when batches are regrouped")
    void outcomes() {
        FakeProvider provider = provider(10, true);
        VirtualEngine engine = new VirtualEngine(provider);
        List<MessageId> ids = send(engine, "a", "b", "a");
        assertThat(ids)
                .extracting(id -> engine.status(id).providerMessageId())
                .containsExactly("first-1", "first-3", "first-2");
    }

    @Test
    @DisplayName("and loses the answer to five has failed once, not five times")
    void oneLostAnswer() {
        FakeProvider provider = provider(5, false);
        VirtualEngine engine = new VirtualEngine(provider);
        for (int call = 1; call <= 5; call++) {
            assertThat(engine.engine.health().accounts().get(0).up())
                    .as("before lost call %d", call)
                    .isTrue();
            for (int i = 0; i < 5; i++) {
                provider.dropAndLoseTheAnswer();
            }
            send(engine, "a", "b", "c", "d", "e");
        }
        assertThat(provider.batches).hasSize(5);
        assertThat(engine.engine.health().accounts().get(0).up()).isFalse();
    }

    @Test
    @DisplayName("and asks to be left alone in one of its outcomes is left alone")
    void gravestOutcome() {
        FakeProvider provider = provider(3, false);
        VirtualEngine engine = new VirtualEngine(provider);
        provider.dropAndLoseTheAnswer().throttle(Duration.ofMinutes(5)).throttle(Duration.ofMinutes(1));
        send(engine, "a", "b", "c");
        assertThat(engine.engine.health().accounts().get(0).resumesAt())
                .isEqualTo(engine.clock.instant().plus(Duration.ofMinutes(5)));
    }
}
