package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Receipts of messages that somebody else sent over the same account")
class StrangersTest {
    private final FakeProvider provider = new FakeProvider("first");
    private final VirtualEngine virtual = new VirtualEngine(provider);

    @Test
    @DisplayName("fill pages of the inbox, behind which the engine looks at once")
    void pagesOfStrangers() {
        provider.status = ReceiptState.DELIVERED;
        MessageId id = virtual.send("hello");
        virtual.settle();
        virtual.store.receive(IntStream.range(0, 1500)
                .mapToObj(i -> new Receipt(
                        provider.account, "stranger-" + i, null, ReceiptState.DELIVERED, "delivered", null, null))
                .toList());
        virtual.store.receive(
                List.of(provider.receipt(provider.submissions.get(0).reference(), "first-1")));

        virtual.settle();

        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
    }
}
