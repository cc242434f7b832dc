package io.github.smsdispatch.infobip;

import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TestSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Accounts with invented credentials. */
final class Accounts {
    static final String API_KEY = "0123456789abcdef-not-a-real-key";
    static final String SECRET = "not-a-real-secret-0123";
    static final String CALLBACK = "https://example.com/infobip";

    private Accounts() {}

    static ProviderSettings settings(Map<String, String> given) {
        return TestSettings.of(new InfobipProviderFactory(), given);
    }

    static InfobipProvider provider(Map<String, String> given) {
        return provider(given, InstantSource.system());
    }

    static InfobipProvider provider(Map<String, String> given, InstantSource clock) {
        var values = new HashMap<>(
                Map.of("base-url", "https://abc123.api.example.com", "api-key", API_KEY, "from", "AcmeInc"));
        values.putAll(given);
        return new InfobipProvider(new InfobipSettings(settings(values)), clock);
    }

    static InfobipProvider provider(AnsweringServer infobip, InstantSource clock) {
        return provider(Map.of("base-url", infobip.url()), clock);
    }

    static InfobipProvider provider(AnsweringServer infobip, String... keysAndValues) {
        var values = new HashMap<>(Map.of("base-url", infobip.url()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return provider(values);
    }
}
