package io.github.smsdispatch.vonage;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Accounts with invented credentials, their settings filled in as configuration does it. */
final class Accounts {
    static final String API_KEY = "abcd1234";
    static final String API_SECRET = "not-a-real-secret";

    private Accounts() {}

    static ProviderSettings settings(Map<String, String> given) {
        var values = new HashMap<String, String>();
        for (ProviderSetting setting : new VonageProviderFactory().settings()) {
            if (setting.fallback() != null) {
                values.put(setting.key(), setting.fallback());
            }
        }
        values.putAll(given);
        return new ProviderSettings(ProviderAccount.of("vonage"), values);
    }

    static VonageProvider provider(Map<String, String> given) {
        return provider(given, InstantSource.system());
    }

    static VonageProvider provider(Map<String, String> given, InstantSource clock) {
        var values = new HashMap<>(Map.of("api-key", API_KEY, "api-secret", API_SECRET, "from", "AcmeInc"));
        values.putAll(given);
        return new VonageProvider(new VonageSettings(settings(values)), clock);
    }
}
