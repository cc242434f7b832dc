package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What does not go together in the settings of an engine. Each by itself was checked when it was set. */
final class EngineProblems {
    private final Set<ProviderAccount> accounts;
    private final List<ConfigurationProblem> problems = new ArrayList<>();

    private EngineProblems(Set<ProviderAccount> accounts) {
        this.accounts = accounts;
    }

    /** All of them; empty: the engine can be built. */
    static List<ConfigurationProblem> of(DispatchEngineBuilder builder) {
        var check = new EngineProblems(builder.providers.keySet());
        if (check.accounts.isEmpty()) {
            check.add("engine", "has no account", "call account(...) or accounts(...) before build()");
        }
        check.known("ratePerSecond", builder.rates.keySet());
        check.known("lookupRate", builder.lookupRates.keySet());
        if (builder.routing != null) {
            check.routing(builder.routing);
        }
        check.retention(builder.retention, builder.personalDataRetention);
        return check.problems;
    }

    private void known(String what, Collection<ProviderAccount> named) {
        named.stream()
                .filter(account -> !accounts.contains(account))
                .forEach(account -> add(
                        what,
                        "names " + account + ", which is no account of this engine (its accounts are " + accounts + ")",
                        "correct the name, or add the account before build()"));
    }

    private void routing(Routing routing) {
        known("routing", new TreeSet<>(routing.accounts()));
        if (ListedRouting.hasEmptyPart(routing)) {
            add(
                    "routing",
                    "lists no account, in whole or in one of its parts: messages that come upon it would never leave",
                    "name an account in each failover(...) and weighted(...)");
        }
    }

    private void retention(@Nullable Duration whole, @Nullable Duration personalData) {
        if (whole != null && personalData != null && whole.compareTo(personalData) < 0) {
            add(
                    "retention",
                    "is " + whole + ", shorter than personalDataRetention, " + personalData
                            + ": the whole message would go first",
                    "make it longer, or leave personalDataRetention out");
        }
    }

    private void add(String setting, String problem, String remedy) {
        problems.add(new ConfigurationProblem(setting, problem, remedy));
    }
}
