package io.github.smsdispatch.store;

import io.github.smsdispatch.MessageState;
import java.util.Map;

/**
 * How many tracked messages are in which state: SENT, DELIVERED, UNDELIVERED, UNCONFIRMED.
 *
 * @param byState states without a message are left out
 */
public record TrackingCounts(Map<MessageState, Long> byState) {
    /** Copies the map. */
    public TrackingCounts {
        byState = Map.copyOf(byState);
    }

    /** All of them. */
    public long all() {
        return byState.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those in a final state. */
    public long finals() {
        return byState.entrySet().stream()
                .filter(entry -> entry.getKey().isFinal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
