package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.LookupAnswer;
import java.time.Duration;
import java.util.List;

/**
 * A call that asked a provider what became of messages has ended. Told before its answers are in the store.
 *
 * @param account who was asked
 * @param kind what was asked
 * @param took how long the provider's module took, by real time
 * @param found of how many messages the provider told something; at least 0
 * @param absent how many it does not know; at least 0
 * @param unclear of how many it told what settles nothing; at least 0
 * @param failed for how many it did not answer, or not in full; at least 0
 * @param throttled whether it wants to be asked less
 */
public record LookupCall(
        ProviderAccount account,
        Kind kind,
        Duration took,
        int found,
        int absent,
        int unclear,
        int failed,
        boolean throttled) {

    /** What was asked. */
    public enum Kind {
        /** For the status of what it took, by its ids. */
        STATUS,
        /** Whether it took what is in doubt. */
        DOUBT
    }

    /** How many messages it was asked for; at least 1. */
    public int messages() {
        return found + absent + unclear + failed;
    }

    static LookupCall of(
            ProviderAccount account, Kind kind, Duration took, List<LookupAnswer> answers, boolean throttled) {
        int[] counts = new int[4];
        answers.forEach(answer -> counts[answer.<Integer>fold(found -> 0, absent -> 1, unclear -> 2, failed -> 3)]++);
        return new LookupCall(account, kind, took, counts[0], counts[1], counts[2], counts[3], throttled);
    }

    /** How many receipts are in the answers. */
    static int receipts(List<LookupAnswer> answers) {
        return answers.stream()
                .mapToInt(answer ->
                        answer.<Integer>fold(found -> found.receipts().size(), absent -> 0, unclear -> 0, failed -> 0))
                .sum();
    }
}
