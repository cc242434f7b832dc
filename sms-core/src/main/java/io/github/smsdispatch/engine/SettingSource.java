package io.github.smsdispatch.engine;

import java.util.Locale;
import java.util.Map;
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

    /** From a map by key. */
    static SettingSource of(Map<String, String> values) {
        var copy = Map.copyOf(values);
        return copy::get;
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
        };
    }
}
