package io.github.smsdispatch.engine;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.ProviderAccount;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A routing that can tell which accounts it may name.
 *
 * @param accounts all of them
 * @param hasEmptyPart whether it, or a part of it, is a list of no account: messages that come upon that part never leave
 * @param order what it answers
 */
record ListedRouting(
        Set<ProviderAccount> accounts, boolean hasEmptyPart, Function<Message, List<ProviderAccount>> order)
        implements Routing {
    ListedRouting {
        accounts = Set.copyOf(accounts);
    }

    static Routing of(Collection<ProviderAccount> accounts, Function<Message, List<ProviderAccount>> order) {
        return new ListedRouting(Set.copyOf(accounts), accounts.isEmpty(), order);
    }

    /** One that asks one of others; of those that cannot tell, nothing is known. */
    static Routing over(Collection<Routing> some, Routing otherwise, Function<Message, List<ProviderAccount>> order) {
        var accounts = new HashSet<>(otherwise.accounts());
        some.forEach(routing -> accounts.addAll(routing.accounts()));
        return new ListedRouting(
                accounts, hasEmptyPart(otherwise) || some.stream().anyMatch(ListedRouting::hasEmptyPart), order);
    }

    /** Whether a routing is known to name no account for some messages; of one that cannot tell its accounts: false. */
    static boolean hasEmptyPart(Routing routing) {
        return routing instanceof ListedRouting listed && listed.hasEmptyPart();
    }

    @Override
    public List<ProviderAccount> accountsFor(Message message) {
        return order.apply(message);
    }
}
