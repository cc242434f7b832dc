package io.github.smsdispatch.testkit.carrier;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link LedgerCheck} brought. Immutable. */
public final class LedgerComparison {
    private final Map<ProviderAccount, Integer> accepted;
    private final Map<LedgerFinding, Long> findings;
    private final Map<LedgerFinding, List<MessageId>> examples;
    private final Map<Pair, Long> states;

    LedgerComparison(
            Map<ProviderAccount, Integer> accepted,
            Map<LedgerFinding, Long> findings,
            Map<LedgerFinding, List<MessageId>> examples,
            Map<Pair, Long> states) {
        this.accepted = Collections.unmodifiableMap(new LinkedHashMap<>(accepted));
        this.findings = new EnumMap<>(findings);
        this.examples = new EnumMap<>(examples);
        this.states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /**
     * Where a message stands on both sides.
     *
     * @param state what the store says
     * @param atCarrier what the ledgers say, the best if several hold it; null: none holds it
     */
    public record Pair(MessageState state, @Nullable CarrierState atCarrier) {}

    /** How many messages each ledger holds, by account, in the order in which the ledgers were given. */
    public Map<ProviderAccount, Integer> accepted() {
        return accepted;
    }

    /** How often something was found. */
    public long count(LedgerFinding finding) {
        return findings.getOrDefault(finding, 0L);
    }

    /** Some of the messages of which it was found, 10 at the most; empty where only a number is known. */
    public List<MessageId> examples(LedgerFinding finding) {
        return List.copyOf(examples.getOrDefault(finding, List.of()));
    }

    /** How many of the given messages stand where, ordered by state; without those that are missing. */
    public Map<Pair, Long> states() {
        return states;
    }

    /** Messages that the store does not know, or calls taken where no ledger holds them. */
    public long lost() {
        return count(LedgerFinding.MISSING) + count(LedgerFinding.NOT_TAKEN);
    }

    /** Messages that were taken more than once although their policy forbids it. */
    public long twice() {
        return count(LedgerFinding.TWICE);
    }

    /**
     * Whether nothing is lost, taken twice against its policy, strange or contradicted. Messages that are open or unheard
     * of do no harm here.
     */
    public boolean isClean() {
        return lost() == 0
                && twice() == 0
                && count(LedgerFinding.STRANGER) == 0
                && count(LedgerFinding.CONTRADICTED) == 0;
    }

    /** Numbers only. */
    @Override
    public String toString() {
        return "LedgerComparison[accepted=" + accepted + ", findings=" + findings + "]";
    }
}
