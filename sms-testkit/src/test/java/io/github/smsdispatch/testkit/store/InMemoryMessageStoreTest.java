package io.github.smsdispatch.testkit.store;

import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.store.MessageStore;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The in-memory store keeps the contract:")
class InMemoryMessageStoreTest extends MessageStoreContract {
    @Override
    protected MessageStore emptyStore(InstantSource clock) {
        return new InMemoryMessageStore(clock);
    }
}
