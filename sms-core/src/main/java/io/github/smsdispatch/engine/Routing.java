package io.github.smsdispatch.engine;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Decides which accounts may carry a message, and in which order they are tried. The engine then passes over those that
 * are down, stopped, throttled for long, or have refused this message for good.
 *
 * <p>Asked when a message is enqueued that is due, on the caller's thread: the message then waits in the line of its account. Asked on the
 * thread of the dispatch when it is due later, again after a refusal, and when its account is stopped or goes down. So a
 * changed routing counts for what is new; what waits already follows it once its account is set to PAUSED. Must be quick,
 * thread-safe, and give the same answer for the same message as long as it is not changed.
 */
@FunctionalInterface
public interface Routing {
    /**
     * The accounts for a message, the preferred first. Of an empty list the engine warns, and the message waits until there
     * is one or its validity ends: nobody is told to drop a message by a list that came out empty.
     */
    List<ProviderAccount> accountsFor(Message message);

    /**
     * All accounts that it may ever name, so that {@link DispatchEngineBuilder#build} can refuse one that the engine does not
     * have. Empty, unless overridden: it cannot tell, as a lambda cannot; then the engine warns when it comes upon such an
     * account, and messages that only it may carry wait.
     */
    default Set<ProviderAccount> accounts() {
        return Set.of();
    }

    /** Always the same order: the second account gets what the first cannot take. At least one: without any, no engine is built. */
    static Routing failover(ProviderAccount... accounts) {
        return failover(Arrays.asList(accounts));
    }

    /** Always the same order: the second account gets what the first cannot take. At least one: without any, no engine is built. */
    static Routing failover(List<ProviderAccount> accounts) {
        var order = List.copyOf(accounts);
        return ListedRouting.of(order, message -> order);
    }

    /**
     * Shares messages out by weight; each message keeps its order of accounts, the others stand by for failover.
     *
     * @param weights by account, each at least 0; an account of weight 0 gets only what all others cannot take. At least
     *     one account: without any, no engine is built
     * @throws IllegalArgumentException if a weight is negative
     */
    static Routing weighted(Map<ProviderAccount, Integer> weights) {
        var copy = Map.copyOf(weights);
        copy.forEach((account, weight) -> {
            if (weight < 0) {
                throw new IllegalArgumentException(
                        "the weight of " + account + " must be at least 0, but is " + weight);
            }
        });
        return ListedRouting.of(copy.keySet(), message -> {
            // Weighted rendezvous hashing: the order depends on nothing but the message id and the weights.
            var order = new ArrayList<>(copy.keySet());
            order.sort(Comparator.comparingDouble(
                            (ProviderAccount account) -> score(message, account, copy.getOrDefault(account, 0)))
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()));
            return order;
        });
    }

    /**
     * By the first digits of the recipient; of several prefixes that fit, the longest counts.
     *
     * @param byPrefix prefixes such as {@code +44} or {@code +1202}
     * @param otherwise for all other recipients
     * @throws IllegalArgumentException if a prefix is not a plus sign and digits
     */
    static Routing byPrefix(Map<String, Routing> byPrefix, Routing otherwise) {
        var copy = Map.copyOf(byPrefix);
        copy.keySet().forEach(prefix -> {
            if (!prefix.matches("\\+[1-9][0-9]{0,14}")) {
                throw new IllegalArgumentException(
                        "a prefix is + and digits, such as +44, but one is '" + prefix + "'");
            }
        });
        return ListedRouting.over(copy.values(), otherwise, message -> copy.keySet().stream()
                .filter(prefix -> startsWith(message.recipient(), prefix))
                .max(Comparator.comparingInt(String::length))
                .map(prefix -> copy.getOrDefault(prefix, otherwise))
                .orElse(otherwise)
                .accountsFor(message));
    }

    /**
     * By tenant.
     *
     * @param otherwise for all other tenants
     */
    static Routing byTenant(Map<String, Routing> byTenant, Routing otherwise) {
        var copy = Map.copyOf(byTenant);
        return ListedRouting.over(copy.values(), otherwise, message -> copy.getOrDefault(message.tenant(), otherwise)
                .accountsFor(message));
    }

    private static boolean startsWith(PhoneNumber recipient, String prefix) {
        return recipient.e164().startsWith(prefix);
    }

    private static double score(Message message, ProviderAccount account, int weight) {
        UUID id = message.id().value();
        long hash = mix(id.getMostSignificantBits() ^ mix(account.toString().hashCode()));
        hash = mix(id.getLeastSignificantBits() ^ hash);
        double uniform = ((hash >>> 11) + 0.5) / (1L << 53);
        // The classic form: -weight / ln(u); weight 0 sorts last.
        return -weight / Math.log(uniform);
    }

    /** MurmurHash3's finalizer: every bit in changes half of the bits out, so that accounts draw independently. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
