package io.github.smsdispatch.store;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hand-over as the store remembers it.
 *
 * @param id our reference
 * @param account where it went
 * @param result how it ended
 * @param reason why it was refused; of one that was taken, why it was not delivered, if the message was put back into the
 *     queue for that; null otherwise
 * @param code the provider's code; null where it gave none
 * @param retryAfter how long after its end the provider wanted to be left alone, in whole seconds; null where it did not say
 * @param providerMessageIds the provider's ids; empty unless it was taken
 * @param startedAt when it began, by the store's clock
 * @param endedAt when it ended; null while it is under way
 */
public record PastAttempt(
        AttemptId id,
        ProviderAccount account,
        Result result,
        @Nullable FailureReason reason,
        @Nullable String code,
        @Nullable Duration retryAfter,
        List<String> providerMessageIds,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** How a hand-over ended, or that it has not. */
    public enum Result {
        /** Under way. */
        OPEN,
        /** The provider took it. */
        ACCEPTED,
        /** Proven not taken: the provider refused it, or a later look-up showed that it never got it. */
        REFUSED,
        /** Not known. */
        UNKNOWN
    }

    /** Whether it was taken, then reported as not delivered, and the message put back into the queue for that. */
    public boolean hasFailedLate() {
        return result == Result.ACCEPTED && reason != null;
    }

    /** Copies the list. */
    public PastAttempt {
        providerMessageIds = List.copyOf(providerMessageIds);
    }
}
