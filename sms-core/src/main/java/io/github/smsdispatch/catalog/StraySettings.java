package io.github.smsdispatch.catalog;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationProblem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds names that look like settings of an account and are none: without it, a misspelt setting that may be left out is
 * left out, and nobody hears of it. What is nearly the name of a setting is a problem, and so is the name of a setting that
 * is missing, with a slip in that of the provider. What else begins like a setting may belong to another program that shares
 * the environment, and is worth a warning.
 */
final class StraySettings {
    private static final Logger log = LoggerFactory.getLogger(StraySettings.class);

    /** Up to this length a name of a setting allows one slip only, above it two. */
    private static final int SHORT = 5;

    /** A provider with a shorter name is one letter away from too much. */
    private static final int LEAST_PROVIDER = 4;

    private final Set<String> names;
    private final Set<String> providerPrefixes;

    /**
     * @param names all that the source has
     * @param providerPrefixes with what the settings of any provider begin, in use or not
     */
    StraySettings(Collection<String> names, Collection<String> providerPrefixes) {
        this.names = new TreeSet<>(names);
        this.providerPrefixes = Set.copyOf(providerPrefixes);
    }

    /**
     * What an account understands, as the user types it.
     *
     * @param providerPrefix with what the settings of all accounts of the provider begin
     */
    record Known(ProviderAccount account, String providerPrefix, String prefix, Set<String> settings) {
        Known {
            settings = new LinkedHashSet<>(settings);
        }

        private boolean covers(String name) {
            return name.startsWith(prefix);
        }

        private String separator() {
            return prefix.substring(prefix.length() - 1);
        }

        /** Whether it is a setting with something before it: that of an account that is not in use. */
        private boolean isOfAnotherAccount(String name) {
            String rest = name.substring(prefix.length());
            return settings.stream()
                    .anyMatch(setting -> rest.endsWith(separator() + setting.substring(prefix.length())));
        }

        /** The setting that is meant by the name, if the provider's name in it has one slip and nothing else is wrong. */
        private @Nullable String withSlipInProvider(String name) {
            if (account.provider().length() < LEAST_PROVIDER) {
                return null;
            }
            for (String setting : settings) {
                String rest = setting.substring(providerPrefix.length());
                if (name.endsWith(rest)) {
                    String typed = name.substring(0, name.length() - rest.length());
                    // Another number is no slip: somebody counts what is his own.
                    boolean isSlip = typed.endsWith(separator())
                            && digits(typed).equals(digits(providerPrefix))
                            && Slips.between(typed.toLowerCase(Locale.ROOT), providerPrefix.toLowerCase(Locale.ROOT))
                                    <= 1;
                    if (isSlip) {
                        return setting;
                    }
                }
            }
            return null;
        }

        private static String digits(String text) {
            return text.replaceAll("[^0-9]", "");
        }

        private @Nullable String nearest(String name) {
            String typed = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
            String nearest = null;
            int fewest = Integer.MAX_VALUE;
            for (String setting : settings) {
                String meant = setting.substring(prefix.length()).toLowerCase(Locale.ROOT);
                int slips = Slips.between(typed, meant);
                if (slips < fewest && slips <= (meant.length() <= SHORT ? 1 : 2)) {
                    nearest = setting;
                    fewest = slips;
                }
            }
            return nearest;
        }
    }

    /** The problems, by name; warns of the rest. */
    void report(List<Known> accounts, List<ConfigurationProblem> problems) {
        for (Known account : accounts) {
            for (String name : names) {
                boolean isStray = account.covers(name)
                        && accounts.stream().noneMatch(other -> other.settings().contains(name))
                        && accounts.stream().noneMatch(other -> other.covers(name) && isNarrower(other, account))
                        && !account.isOfAnotherAccount(name);
                if (isStray) {
                    report(account, name, problems);
                } else if (providerPrefixes.stream().noneMatch(name::startsWith)) {
                    String meant = account.withSlipInProvider(name);
                    // Where the right name is there too, this one is somebody else's.
                    if (meant != null && !names.contains(meant)) {
                        problems.add(problem(account, name, meant));
                    }
                }
            }
        }
    }

    private static boolean isNarrower(Known one, Known other) {
        return one.prefix().length() > other.prefix().length();
    }

    private static void report(Known account, String name, List<ConfigurationProblem> problems) {
        String nearest = account.nearest(name);
        if (nearest == null) {
            log.warn("{} is no setting of {} and has no effect on it", name, account.account());
        } else {
            problems.add(problem(account, name, nearest));
        }
    }

    private static ConfigurationProblem problem(Known account, String name, String meant) {
        return new ConfigurationProblem(name, "is no setting of " + account.account(), "did you mean " + meant + "?");
    }
}
