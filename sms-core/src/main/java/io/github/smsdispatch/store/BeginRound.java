package io.github.smsdispatch.store;

import io.github.smsdispatch.StateChange;
import java.util.List;
import java.util.Set;

/**
 * What {@link MessageStore#beginNext} did.
 *
 * @param begun what may be handed over, and must be
 * @param changes of these, and of messages that ended instead
 * @param emptied lines that were asked for more than was due in them
 */
public record BeginRound(List<Begun> begun, List<StateChange> changes, Set<Line> emptied) {
    /** Copies them. */
    public BeginRound {
        begun = List.copyOf(begun);
        changes = List.copyOf(changes);
        emptied = Set.copyOf(emptied);
    }
}
