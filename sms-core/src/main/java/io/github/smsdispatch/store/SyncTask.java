package io.github.smsdispatch.store;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import java.time.Instant;
import java.util.List;

/**
 * A message whose status is to be asked for, leased to the claimant.
 *
 * @param message our id
 * @param state SENT or IN_DOUBT
 * @param account where it was handed over
 * @param attempt the latest hand-over; its {@code endedAt} is the store's best knowledge
 * @param providerMessageIds the provider's ids; empty if it is in doubt
 * @param lookups how often its status was asked for before, since the hand-over
 * @param answeredLookups how many of these looks the provider answered in full
 * @param expiresAt when its validity ends
 * @param doubtPolicy what to do if it cannot be known
 * @param now the store's time at the claim
 */
public record SyncTask(
        MessageId message,
        MessageState state,
        ProviderAccount account,
        DoubtfulAttempt attempt,
        List<String> providerMessageIds,
        int lookups,
        int answeredLookups,
        Instant expiresAt,
        DoubtPolicy doubtPolicy,
        Instant now) {
    /** Copies the list. */
    public SyncTask {
        providerMessageIds = List.copyOf(providerMessageIds);
    }
}
