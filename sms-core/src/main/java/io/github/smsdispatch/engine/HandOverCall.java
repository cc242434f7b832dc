package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.PastAttempt;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A call that handed messages over has ended. Told before its outcomes are in the store: what becomes of the messages is
 * told by {@link EngineListener#onChange}.
 *
 * @param account who was called
 * @param took how long the provider's module took, by real time
 * @param accepted how many messages the provider took; at least 0
 * @param refused how many it proved not to have taken, by reason; a reason without any is not in it
 * @param unknown of how many nobody knows; at least 0
 * @param failovers how many of the messages another account had refused just before; at least 0
 * @param repeats how many of the messages are repeated without proof, as their {@link io.github.smsdispatch.DoubtPolicy} wants
 *     it: an earlier hand-over may have brought them to their recipients already; at least 0
 */
public record HandOverCall(
        ProviderAccount account,
        Duration took,
        int accepted,
        Map<FailureReason, Integer> refused,
        int unknown,
        int failovers,
        int repeats) {
    /** Copies the map. */
    public HandOverCall {
        refused = Map.copyOf(refused);
    }

    /** How many messages were in it; at least 1. */
    public int messages() {
        return accepted
                + unknown
                + refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** @param outcomes one for each item */
    static HandOverCall of(
            ProviderAccount account, Duration took, List<HandOver.Item> items, List<SubmitOutcome> outcomes) {
        int accepted = 0;
        int unknown = 0;
        var refused = new EnumMap<FailureReason, Integer>(FailureReason.class);
        for (SubmitOutcome outcome : outcomes) {
            if (outcome instanceof SubmitOutcome.Refused no) {
                refused.merge(no.reason(), 1, Integer::sum);
            } else if (outcome instanceof SubmitOutcome.Unknown) {
                unknown++;
            } else {
                accepted++;
            }
        }
        return new HandOverCall(
                account,
                took,
                accepted,
                refused,
                unknown,
                (int) items.stream()
                        .filter(item -> isFailover(account, item.claim().past()))
                        .count(),
                (int) items.stream()
                        .filter(item -> mayBeThere(item.claim().past()))
                        .count());
    }

    private static boolean isFailover(ProviderAccount account, List<PastAttempt> past) {
        if (past.isEmpty()) {
            return false;
        }
        PastAttempt last = past.get(past.size() - 1);
        return last.result() == PastAttempt.Result.REFUSED
                && last.reason() != null
                && !last.account().equals(account);
    }

    private static boolean mayBeThere(List<PastAttempt> past) {
        return past.stream().anyMatch(attempt -> attempt.result() == PastAttempt.Result.UNKNOWN);
    }
}
