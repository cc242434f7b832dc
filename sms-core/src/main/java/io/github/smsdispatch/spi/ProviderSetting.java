package io.github.smsdispatch.spi;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting that a provider understands.
 *
 * @param key its name within the provider: lower-case words with hyphens, such as {@code auth-token}
 * @param required whether the provider cannot work without it
 * @param secret whether its value must never be shown
 * @param fallback the value where none is given; null: there is none
 * @param meaning half a sentence for people: what it is and where to find it
 * @param check takes a value and returns what is wrong with it, in words that do not repeat it, or null if nothing is
 */
public record ProviderSetting(
        String key, boolean required, boolean secret, @Nullable String fallback, String meaning, Check check) {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /**
     * @throws IllegalArgumentException if the key is not of lower-case words with hyphens
     */
    public ProviderSetting {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "a setting's key has lower-case words with hyphens, such as auth-token, but this one is '" + key
                            + "'");
        }
    }

    /** Looks at a value. */
    @FunctionalInterface
    public interface Check {
        /** What is wrong with the value, in words that do not repeat it; null if nothing is. */
        @Nullable
        String problemWith(String value);
    }

    /** A setting without which the provider cannot work. */
    public static ProviderSetting required(String key, String meaning) {
        return new ProviderSetting(key, true, false, null, meaning, value -> null);
    }

    /** A setting that may be left out. */
    public static ProviderSetting optional(String key, String meaning) {
        return new ProviderSetting(key, false, false, null, meaning, value -> null);
    }

    /** The same setting, its value never shown. */
    public ProviderSetting asSecret() {
        return new ProviderSetting(key, required, true, fallback, meaning, check);
    }

    /** The same setting with a value for when none is given. */
    public ProviderSetting orElse(String value) {
        return new ProviderSetting(key, required, secret, value, meaning, check);
    }

    /** The same setting with this check of its value instead of an earlier one. */
    public ProviderSetting checkedBy(Check by) {
        return new ProviderSetting(key, required, secret, fallback, meaning, by);
    }

    /** The same setting, refused where {@code parse} throws; {@code form} says what the value must be. */
    public ProviderSetting parsedBy(Consumer<String> parse, String form) {
        return checkedBy(value -> {
            try {
                parse.accept(value);
                return null;
            } catch (RuntimeException e) {
                return "must be " + form;
            }
        });
    }

    /** Its key; not the fall-back, which may be a secret's. */
    @Override
    public String toString() {
        return "ProviderSetting[" + key + "]";
    }
}
