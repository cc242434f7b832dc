package io.github.smsdispatch.store;

import io.github.smsdispatch.StateChange;
import java.util.List;

/**
 * What one look into the inbox of receipts did.
 *
 * @param seen how many receipts were looked at, whether they were applied or have to wait; as many as allowed: there may
 *     be more
 * @param changes the changes of state
 */
public record InboxRound(int seen, List<StateChange> changes) {
    /** Copies the list. */
    public InboxRound {
        changes = List.copyOf(changes);
    }
}
