package io.github.smsdispatch.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.store.MessageStore;
import java.time.Duration;
import java.util.List;

/** What the chapters of the contract share. */
abstract class StoreRules {
    /** Longer than anything that a store may make wait: leases, retries of waiting receipts. */
    static final Duration LATER = Duration.ofHours(2);

    abstract StoreFixture fixture();

    MessageStore store() {
        return fixture().store();
    }

    MessageStatus status(MessageId message) {
        return store().find(message).orElseThrow();
    }

    MessageState state(MessageId message) {
        return status(message).state();
    }

    MessageEvent lastEvent(MessageId message) {
        List<MessageEvent> history = store().history(message);
        return history.get(history.size() - 1);
    }

    /** That the changes are one of this message to this state. */
    void assertOneChange(MessageId message, MessageState to, List<StateChange> changes) {
        assertEquals(
                List.of(message), changes.stream().map(StateChange::message).toList());
        assertEquals(to, changes.get(0).event().to());
        assertEquals(to, state(message));
    }

    void assertNoChange(List<StateChange> changes) {
        assertEquals(List.of(), changes);
    }
}
