package io.github.smsdispatch.catalog;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where settings come from: anything that finds a value by a key such as {@code twilio.auth-token}. */
@FunctionalInterface
public interface SettingSource {
    /** The value; null or blank: there is none. */
    @Nullable
    String get(String key);

    /** What the user types to set this key, for error messages; the key itself unless said otherwise. */
    default String nameOf(String key) {
        return key;
    }

    /**
     * All names that have a value, as {@link #nameOf} gives them, also of what is no setting of ours: among them misspelt
     * settings are found. Empty, unless overridden: the source cannot list them.
     */
    default Set<String> names() {
        return Set.of();
    }

    /** From a map by key. */
    static SettingSource of(Map<String, String> values) {
        var copy = Map.copyOf(values);
        return new SettingSource() {
            @Override
            public @Nullable String get(String key) {
                return copy.get(key);
            }

            @Override
            public Set<String> names() {
                return withValue(copy);
            }
        };
    }

    private static Set<String> withValue(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** From environment variables: {@code twilio.auth-token} is {@code TWILIO_AUTH_TOKEN}. */
    static SettingSource environment() {
        return environment(System.getenv());
    }

    /** From variables named as those of the environment. */
    static SettingSource environment(Map<String, String> variables) {
        var copy = Map.copyOf(variables);
        return new SettingSource() {
            @Override
            public @Nullable String get(String key) {
                return copy.get(nameOf(key));
            }

            @Override
            public String nameOf(String key) {
                return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            }

            @Override
            public Set<String> names() {
                return withValue(copy);
            }
        };
    }
}
