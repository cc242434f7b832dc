package io.github.smsdispatch.spi;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that the provider took, to be looked up. Of one that somebody else handed over nothing but the provider's id is
 * known: then the rest is null, and a module that cannot do without it answers {@link LookupAnswer.Unclear}.
 *
 * @param reference our reference; null: it was not handed over by us
 * @param providerMessageIds the provider's ids, one a part; at least one
 * @param recipient who it was for; null: not known
 * @param startedAt when the hand-over began, by the store's clock; null: not known
 */
public record SentAttempt(
        @Nullable AttemptId reference,
        List<String> providerMessageIds,
        @Nullable PhoneNumber recipient,
        @Nullable Instant startedAt) {
    /** Copies the list. */
    public SentAttempt {
        providerMessageIds = List.copyOf(providerMessageIds);
    }

    /** One of which only the provider's id is known. */
    public static SentAttempt byId(String providerMessageId) {
        return new SentAttempt(null, List.of(providerMessageId), null, null);
    }
}
