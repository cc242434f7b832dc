package io.github.smsdispatch.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an engine fares.
 *
 * @param running whether all of its threads run: it was started, is not closed, and none of them has died
 * @param storeTrouble why the store cannot be used at the moment; null: it can
 * @param unwrittenOutcomes how many outcomes of hand-overs are known but not yet in the store; 0 nearly always. What is not
 *     written when the process ends is in doubt
 * @param accounts its accounts, in the order they were given
 */
public record EngineHealth(
        boolean running, @Nullable String storeTrouble, int unwrittenOutcomes, List<AccountHealth> accounts) {
    /** Copies the list. */
    public EngineHealth {
        accounts = List.copyOf(accounts);
    }
}
