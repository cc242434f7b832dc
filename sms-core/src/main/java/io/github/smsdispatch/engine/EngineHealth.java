package io.github.smsdispatch.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an engine fares.
 *
 * @param running whether it was started and not closed
 * @param storeTrouble why the store cannot be used at the moment; null: it can
 * @param accounts its accounts, in the order they were given
 */
public record EngineHealth(boolean running, @Nullable String storeTrouble, List<AccountHealth> accounts) {
    /** Copies the list. */
    public EngineHealth {
        accounts = List.copyOf(accounts);
    }
}
