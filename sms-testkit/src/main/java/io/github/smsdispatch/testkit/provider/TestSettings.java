package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings as a factory gets them: fall-backs filled in. */
public final class TestSettings {
    private TestSettings() {}

    /** The settings of the factory's default account. */
    public static ProviderSettings of(SmsProviderFactory factory, Map<String, String> given) {
        var values = new HashMap<String, String>();
        for (ProviderSetting setting : factory.settings()) {
            @Nullable String fallback = setting.fallback();
            if (fallback != null) {
                values.put(setting.key(), fallback);
            }
        }
        values.putAll(given);
        return new ProviderSettings(ProviderAccount.of(factory.name()), values);
    }

    /**
     * What the check of a setting says of a value; null: nothing is wrong with it.
     *
     * @throws IllegalArgumentException if the factory has no such setting
     */
    public static @Nullable String problemWith(SmsProviderFactory factory, String key, String value) {
        for (ProviderSetting setting : factory.settings()) {
            if (setting.key().equals(key)) {
                return setting.check().problemWith(value);
            }
        }
        throw new IllegalArgumentException(factory.name() + " has no setting " + key);
    }

    /** Makes a provider of settings that must be refused, and returns why they are. */
    public static ConfigurationException refusal(SmsProviderFactory factory, Map<String, String> given) {
        ProviderSettings settings = of(factory, given);
        return assertThrows(
                ConfigurationException.class, () -> factory.create(settings).close());
    }
}
