package io.github.smsdispatch.store;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import java.util.List;

/**
 * What one look into the inbox of receipts did.
 *
 * @param seen how many receipts were looked at, whether they were applied or have to wait; as many as allowed: there may
 *     be more
 * @param changes the changes of state
 * @param disproved an entry for each receipt of a hand-over that counted as not taken because it was missing from the provider's
 *     log: the account that it was handed to. Its message was, or is about to be, handed over again
 */
public record InboxRound(int seen, List<StateChange> changes, List<ProviderAccount> disproved) {
    /** Copies the lists. */
    public InboxRound {
        changes = List.copyOf(changes);
        disproved = List.copyOf(disproved);
    }

    /** Where no receipt disproved anything. */
    public InboxRound(int seen, List<StateChange> changes) {
        this(seen, changes, List.of());
    }
}
