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
 * left out, and nobody hears of it. What is nearly the name of a setting is a problem. What is not may belong to another
 * program that shares the environment, and is worth a warning.
 */
final class StraySettings {
    private static final Logger log = LoggerFactory.getLogger(StraySettings.class);

    /** Up to this length a name of a setting allows one slip only, above it two. */
    private static final int SHORT = 5;

    private final Set<String> names;

    /** @param names all that the source has */
    StraySettings(Collection<String> names) {
        this.names = new TreeSet<>(names);
    }

    /** What an account understands, as the user types it. */
    record Known(ProviderAccount account, String prefix, Set<String> settings) {
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
            problems.add(new ConfigurationProblem(
                    name, "is no setting of " + account.account(), "did you mean " + nearest + "?"));
        }
    }
}
