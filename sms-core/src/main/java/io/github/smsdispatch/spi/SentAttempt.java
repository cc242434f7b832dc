package io.github.smsdispatch.spi;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import java.time.Instant;
import java.util.List;

/**
 * A hand-over that the provider took, to be looked up.
 *
 * @param reference our reference
 * @param providerMessageIds the provider's ids, one a part; at least one
 * @param recipient who it was for
 * @param startedAt when the hand-over began, by the store's clock
 */
public record SentAttempt(
        AttemptId reference, List<String> providerMessageIds, PhoneNumber recipient, Instant startedAt) {
    /** Copies the list. */
    public SentAttempt {
        providerMessageIds = List.copyOf(providerMessageIds);
    }
}
