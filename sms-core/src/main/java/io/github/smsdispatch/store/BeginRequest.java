package io.github.smsdispatch.store;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.ProviderAccount;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How many of the messages that wait for an account are to be handed over to it now.
 *
 * @param account the account
 * @param places how many of each lane; what a lane leaves of its places goes to those less urgent, unless they have none.
 *     Each at least 1
 * @param receiptsPerPart as in {@link AttemptStart}
 * @param references gives our reference for each hand-over, a new one each time; called while the store is at work, and again
 *     should it have to start anew, so it must be quick
 */
public record BeginRequest(
        ProviderAccount account, Map<Lane, Integer> places, boolean receiptsPerPart, Supplier<AttemptId> references) {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if there is no place
     */
    public BeginRequest {
        if (places.isEmpty() || places.values().stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("each lane that is named needs a place at least, and one must be named");
        }
        places = new EnumMap<>(places);
    }
}
