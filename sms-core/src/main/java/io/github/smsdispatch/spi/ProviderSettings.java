package io.github.smsdispatch.spi;

import io.github.smsdispatch.ProviderAccount;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The checked settings of one account, as its factory gets them. Never shows a value in {@link #toString}. */
public final class ProviderSettings {
    private final ProviderAccount account;
    private final Map<String, String> values;

    /**
     * @param account the account they are for
     * @param values by key as the factory names it; values already checked, fall-backs filled in
     */
    public ProviderSettings(ProviderAccount account, Map<String, String> values) {
        this.account = account;
        this.values = Map.copyOf(values);
    }

    /** The account they are for. */
    public ProviderAccount account() {
        return account;
    }

    /**
     * The value of a required setting, or of one with a fall-back.
     *
     * @throws IllegalArgumentException if there is none: the factory did not declare what it reads
     */
    public String get(String key) {
        return find(key)
                .orElseThrow(() -> new IllegalArgumentException("setting " + key + " of " + account + " has no value"));
    }

    /** The value of a setting that may be left out. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public String toString() {
        return "ProviderSettings[" + account + ", " + new TreeSet<>(values.keySet()) + "]";
    }
}
