package io.github.smsdispatch.engine;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Decides which accounts may carry a message, and in which order they are tried. The engine then passes over those that
 * are down, stopped, throttled for long, or have refused this message for good. Called on engine threads for every
 * claim: must be quick, thread-safe, and give the same answer for the same message.
 */
@FunctionalInterface
public interface Routing {
    /** The accounts for a message, the preferred first; empty if none may carry it. */
    List<ProviderAccount> accountsFor(Message message);

    /** Always the same order: the second account gets what the first cannot take. */
    static Routing failover(ProviderAccount... accounts) {
        return failover(Arrays.asList(accounts));
    }

    /** Always the same order: the second account gets what the first cannot take. */
    static Routing failover(List<ProviderAccount> accounts) {
        var order = List.copyOf(accounts);
        return message -> order;
    }

    /**
     * Shares messages out by weight; each message keeps its order of accounts, the others stand by for failover.
     *
     * @param weights by account, each at least 0; an account of weight 0 gets only what all others cannot take
     */
    static Routing weighted(Map<ProviderAccount, Integer> weights) {
        var copy = Map.copyOf(weights);
        return message -> {
            // Weighted rendezvous hashing: the order depends on nothing but the message id and the weights.
            var order = new ArrayList<>(copy.keySet());
            order.sort(Comparator.comparingDouble(
                            (ProviderAccount account) -> score(message, account, copy.getOrDefault(account, 0)))
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()));
            return order;
        };
    }

    /**
     * By the first digits of the recipient; of several prefixes that fit, the longest counts.
     *
     * @param byPrefix prefixes such as {@code +44} or {@code +1202}
     * @param otherwise for all other recipients
     */
    static Routing byPrefix(Map<String, Routing> byPrefix, Routing otherwise) {
        var copy = Map.copyOf(byPrefix);
        return message -> copy.keySet().stream()
                .filter(prefix -> startsWith(message.recipient(), prefix))
                .max(Comparator.comparingInt(String::length))
                .map(prefix -> copy.getOrDefault(prefix, otherwise))
                .orElse(otherwise)
                .accountsFor(message);
    }

    /**
     * By tenant.
     *
     * @param otherwise for all other tenants
     */
    static Routing byTenant(Map<String, Routing> byTenant, Routing otherwise) {
        var copy = Map.copyOf(byTenant);
        return message -> copy.getOrDefault(message.tenant(), otherwise).accountsFor(message);
    }

    private static boolean startsWith(PhoneNumber recipient, String prefix) {
        return recipient.e164().startsWith(prefix);
    }

    private static double score(Message message, ProviderAccount account, int weight) {
        long hash = message.id().value().hashCode() * 0x9E37_79B9_7F4A_7C15L
                ^ account.toString().hashCode();
        hash = (hash ^ (hash >>> 32)) * 0xD6E8_FEB8_6659_FD93L;
        double uniform = ((hash >>> 11) + 0.5) / (1L << 53);
        // The classic form: -weight / ln(u); weight 0 sorts last.
        return -weight / Math.log(uniform);
    }
}
