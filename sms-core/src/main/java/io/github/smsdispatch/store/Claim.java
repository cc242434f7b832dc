package io.github.smsdispatch.store;

import io.github.smsdispatch.Message;
import java.time.Instant;
import java.util.List;

/**
 * A due message that is the claimant's for the length of the lease.
 *
 * @param message the message
 * @param fence the number of this claim; a later claim or cancellation makes it void
 * @param dueAt when it was due, by the store's clock
 * @param expiresAt when its validity ends
 * @param now the store's time at the claim
 * @param past its earlier hand-overs, oldest first
 * @param suppressed whether its recipient has opted out of its tenant's messages
 */
public record Claim(
        Message message,
        long fence,
        Instant dueAt,
        Instant expiresAt,
        Instant now,
        List<PastAttempt> past,
        boolean suppressed) {
    /** Copies the list. */
    public Claim {
        past = List.copyOf(past);
    }
}
