package io.github.smsdispatch.catalog;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider modules on the class path. Discovery only finds them; {@link #create} makes those that the configuration
 * names. Immutable and thread-safe.
 */
public final class ProviderCatalog {
    private static final Logger log = LoggerFactory.getLogger(ProviderCatalog.class);

    /** A class loader that cannot read its files fails the same way for ever. */
    private static final int MAX_FAILURES_IN_A_ROW = 20;

    private final Map<String, List<SmsProviderFactory>> factories;

    private ProviderCatalog(Map<String, List<SmsProviderFactory>> factories) {
        this.factories = factories;
    }

    /** Finds what the current thread's class loader sees. */
    public static ProviderCatalog discover() {
        return discover(ServiceLoader.load(SmsProviderFactory.class).iterator());
    }

    /** Finds what the given class loader sees. */
    public static ProviderCatalog discover(ClassLoader loader) {
        return discover(ServiceLoader.load(SmsProviderFactory.class, loader).iterator());
    }

    /** The given factories and no others. */
    public static ProviderCatalog of(Collection<? extends SmsProviderFactory> factories) {
        return discover(List.<SmsProviderFactory>copyOf(factories).iterator());
    }

    private static ProviderCatalog discover(Iterator<SmsProviderFactory> found) {
        var factories = new TreeMap<String, List<SmsProviderFactory>>();
        int failuresInARow = 0;
        while (true) {
            // A try around each step: one broken jar must not hide the others, as a for-each would.
            try {
                if (!found.hasNext()) {
                    return new ProviderCatalog(factories);
                }
                SmsProviderFactory factory = found.next();
                factories
                        .computeIfAbsent(factory.name(), name -> new ArrayList<>())
                        .add(factory);
                failuresInARow = 0;
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                log.warn("a provider module on the class path cannot be loaded and is left out: {}", e.toString());
                if (++failuresInARow == MAX_FAILURES_IN_A_ROW) {
                    log.error("giving up the search for provider modules after {} failures in a row", failuresInARow);
                    return new ProviderCatalog(factories);
                }
            }
        }
    }

    /** The names that {@link #create} understands. */
    public SortedSet<String> names() {
        return new TreeSet<>(factories.keySet());
    }

    /** The settings of a provider, for help texts; empty if it is not known. */
    public List<ProviderSetting> settings(String name) {
        List<SmsProviderFactory> found = factories.getOrDefault(name, List.of());
        return found.isEmpty() ? List.of() : found.get(0).settings();
    }

    /**
     * Makes the providers of the given accounts. Settings of {@code twilio} are {@code twilio.auth-token} and so on,
     * those of a further account {@code twilio:alerts} are {@code twilio.alerts.auth-token}. Where the source can list its
     * {@link SettingSource#names names}, what is nearly a setting of an account is a problem, also {@code twilo.auth-token} if
     * there is no {@code twilio.auth-token}, and of others that begin like one is warned in the log.
     *
     * @return by account, in the given order
     * @throws ConfigurationException with all problems of all accounts, also those that the factories themselves find;
     *     then nothing was made
     */
    public Map<ProviderAccount, SmsProvider> create(Collection<ProviderAccount> accounts, SettingSource source) {
        var problems = new ArrayList<ConfigurationProblem>();
        var known = new ArrayList<StraySettings.Known>();
        var providers = new LinkedHashMap<ProviderAccount, SmsProvider>();
        var seen = new HashSet<ProviderAccount>();
        try {
            for (ProviderAccount account : accounts) {
                SmsProviderFactory factory = factory(account.provider(), problems);
                if (!seen.add(account)) {
                    problems.add(new ConfigurationProblem("account " + account, "is named twice", "name it once"));
                } else if (factory != null) {
                    var keys = new AccountKeys(account, factory.settings(), source);
                    known.add(keys.known());
                    create(account, factory, keys, source, problems)
                            .ifPresent(provider -> providers.put(account, provider));
                }
            }
            List<String> prefixes = names().stream()
                    .map(name -> AccountKeys.providerPrefix(name, source))
                    .toList();
            new StraySettings(source.names(), prefixes).report(known, problems);
            if (!problems.isEmpty()) {
                throw new ConfigurationException(problems.stream().distinct().toList());
            }
        } catch (RuntimeException | Error e) {
            providers.values().forEach(SmsProvider::close);
            throw e;
        }
        return providers;
    }

    private static Optional<SmsProvider> create(
            ProviderAccount account,
            SmsProviderFactory factory,
            AccountKeys keys,
            SettingSource source,
            List<ConfigurationProblem> problems) {
        var own = new ArrayList<ConfigurationProblem>();
        ProviderSettings settings = check(account, factory, keys, source, own);
        problems.addAll(own);
        if (!own.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(factory.create(settings));
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> problems.add(keys.named(problem)));
            return Optional.empty();
        }
    }

    private @Nullable SmsProviderFactory factory(String name, List<ConfigurationProblem> problems) {
        List<SmsProviderFactory> found = factories.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            problems.add(new ConfigurationProblem(
                    "provider " + name,
                    "is not known; known are " + (factories.isEmpty() ? "none" : String.join(", ", names())),
                    "correct the name, or put the jar of its module (such as sms-" + name + ") on the class path"));
            return null;
        }
        if (found.size() > 1) {
            problems.add(new ConfigurationProblem(
                    "provider " + name,
                    "is offered by both " + found.get(0).getClass().getName() + " and "
                            + found.get(1).getClass().getName(),
                    "take one of the two jars off the class path"));
            return null;
        }
        return found.get(0);
    }

    private static ProviderSettings check(
            ProviderAccount account,
            SmsProviderFactory factory,
            AccountKeys keys,
            SettingSource source,
            List<ConfigurationProblem> problems) {
        var values = new HashMap<String, String>();
        for (ProviderSetting setting : factory.settings()) {
            String given = source.get(keys.full(setting.key()));
            String value = given == null || given.isBlank() ? setting.fallback() : given.strip();
            String name = keys.name(setting.key());
            if (value == null) {
                if (setting.required()) {
                    problems.add(new ConfigurationProblem(name, "is missing", "set it: " + setting.meaning()));
                }
                continue;
            }
            String problem = setting.check().problemWith(value);
            if (problem != null) {
                problems.add(new ConfigurationProblem(name, problem, "correct it: " + setting.meaning()));
            }
            values.put(setting.key(), value);
        }
        return new ProviderSettings(account, values);
    }
}
