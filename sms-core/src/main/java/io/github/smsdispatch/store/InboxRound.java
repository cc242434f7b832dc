package io.github.smsdispatch.store;

import io.github.smsdispatch.StateChange;
import java.util.List;

/**
 * What one look into the inbox of receipts did.
 *
 * @param taken how many receipts left it, whether they changed a state or not; as many as allowed: there may be more
 * @param changes the changes of state
 */
public record InboxRound(int taken, List<StateChange> changes) {
    /** Copies the list. */
    public InboxRound {
        changes = List.copyOf(changes);
    }
}
