package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.ReceiptState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A doubt that an operator settles")
class ByHandTest {
    private final FakeProvider provider =
            new FakeProvider("first", ProviderTraits.builder().build());
    private final VirtualEngine virtual = new VirtualEngine(provider);

    private MessageId doubtful() {
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(IN_DOUBT);
        return id;
    }

    @Test
    @DisplayName("who knows the provider's id is followed by it from then on")
    void taken() {
        provider.dropAndLoseTheAnswer();
        MessageId id = doubtful();

        assertThat(virtual.engine.settleTaken(id, List.of("first-7"))).isTrue();

        assertThat(virtual.state(id)).isEqualTo(SENT);
        assertThat(virtual.status(id).providerMessageId()).isEqualTo("first-7");
        assertThat(virtual.engine.history(id))
                .anySatisfy(event -> assertThat(event.detail()).isEqualTo("taken, as an operator says"));
        assertThat(virtual.heard)
                .anySatisfy(change -> assertThat(change.event().to()).isEqualTo(SENT));
        provider.status = ReceiptState.DELIVERED;
        virtual.runToTheEnd();
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, SENT, DELIVERED);
        assertThat(provider.submissions).hasSize(1);
    }

    @Test
    @DisplayName("who knows that it was not taken is handed over again at once")
    void notTaken() {
        provider.dropAndLoseTheAnswer();
        MessageId id = doubtful();

        assertThat(virtual.engine.settleNotTaken(id)).isTrue();

        assertThat(virtual.status(id).detail()).isEqualTo("not taken, as an operator says");
        virtual.settle();
        assertThat(virtual.path(id)).containsExactly(QUEUED, SUBMITTING, IN_DOUBT, QUEUED, SUBMITTING, SENT);
    }

    @Test
    @DisplayName("is left alone where there is none, or the id is another message's")
    void nothingToSettle() {
        MessageId sent = virtual.send("one");
        virtual.settle();
        String known = String.valueOf(virtual.status(sent).providerMessageId());
        provider.dropAndLoseTheAnswer();
        MessageId doubtful = doubtful();

        assertThat(virtual.engine.settleNotTaken(sent)).isFalse();
        assertThat(virtual.engine.settleTaken(sent, List.of("other"))).isFalse();
        assertThat(virtual.engine.settleTaken(doubtful, List.of(known))).isFalse();
        assertThat(virtual.engine.settleNotTaken(MessageId.create())).isFalse();
        assertThatThrownBy(() -> virtual.engine.settleTaken(doubtful, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("what was taken has an id of the provider's, by which it is followed");

        assertThat(virtual.state(sent)).isEqualTo(SENT);
        assertThat(virtual.state(doubtful)).isEqualTo(IN_DOUBT);
        virtual.advance(Duration.ofMinutes(1));
        assertThat(provider.submissions).hasSize(2);
    }
}
