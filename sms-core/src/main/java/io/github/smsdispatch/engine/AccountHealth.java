package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an account fares, as this engine sees it. An account that is down is no reason to stop or to restart the node: its
 * messages wait or go elsewhere, and it is tried again by itself.
 *
 * @param account the account
 * @param runState what operators have set
 * @param up false while the engine leaves it alone because of failures
 * @param resumesAt when it is tried again, after failures or because it asked us to slow down; null: now
 * @param inFlight hand-overs under way on this node
 * @param trouble the latest failure, without number or text; null: none since it was last well
 * @param lookups how its look-ups fare
 * @param unhandledTexts how many texts came in since the start that were dropped for want of an {@link InboundHandler};
 *     stop words are obeyed all the same and not counted
 * @param lostStopWords how many stop words came in since the start from what is no phone number in international form, such
 *     as a short code: nobody is suppressed for them
 * @param unknownCodes how often its API said something that this version does not know, as {@code kind code}, since the
 *     start; empty where it knew everything, or does not count
 */
public record AccountHealth(
        ProviderAccount account,
        RunState runState,
        boolean up,
        @Nullable Instant resumesAt,
        int inFlight,
        @Nullable String trouble,
        LookupHealth lookups,
        long unhandledTexts,
        long lostStopWords,
        Map<String, Long> unknownCodes) {
    /** Copies the map. */
    public AccountHealth {
        unknownCodes = Map.copyOf(unknownCodes);
    }
}
