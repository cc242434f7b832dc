package io.github.smsdispatch;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One account at one provider; the provider's message ids are unique only within it.
 *
 * @param provider the provider's name, as its factory says it: lower-case letters, digits and hyphens
 * @param account the account's name, of the same characters; {@code default} where there is only one
 */
public record ProviderAccount(String provider, String account) implements Comparable<ProviderAccount> {
    /** The account name when a provider has only one. */
    public static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /**
     * @throws IllegalArgumentException if a name is empty, begins with a hyphen, or holds other characters or more than
     *     32
     */
    public ProviderAccount {
        check("a provider", Objects.requireNonNull(provider, "provider"));
        check("an account", Objects.requireNonNull(account, "account"));
    }

    /** The default account of a provider. */
    public static ProviderAccount of(String provider) {
        return new ProviderAccount(provider, DEFAULT);
    }

    /**
     * Reads {@code provider} or {@code provider:account}, as {@link #toString} writes it.
     *
     * @throws IllegalArgumentException if one of the names cannot be used
     */
    public static ProviderAccount parse(String text) {
        int colon = Objects.requireNonNull(text, "text").indexOf(':');
        return colon < 0 ? of(text) : new ProviderAccount(text.substring(0, colon), text.substring(colon + 1));
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what
                    + " name has 1 to 32 lower-case letters, digits and hyphens and begins with no hyphen, but this one is '"
                    + name + "'");
        }
    }

    @Override
    public int compareTo(ProviderAccount other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return account.equals(DEFAULT) ? provider : provider + ":" + account;
    }
}
