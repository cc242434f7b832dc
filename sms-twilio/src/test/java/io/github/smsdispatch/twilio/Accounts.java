package io.github.smsdispatch.twilio;

import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TestSettings;
import java.util.HashMap;
import java.util.Map;

/** Accounts with invented credentials. */
final class Accounts {
    static final String ACCOUNT_SID = "AC" + "0123456789abcdef".repeat(2);
    static final String AUTH_TOKEN = "not-a-real-token";
    static final String FROM = "+12025550100";

    private Accounts() {}

    static ProviderSettings settings(Map<String, String> given) {
        return TestSettings.of(new TwilioProviderFactory(), given);
    }

    static TwilioProvider provider(Map<String, String> given) {
        var values = new HashMap<>(Map.of("account-sid", ACCOUNT_SID, "auth-token", AUTH_TOKEN, "from", FROM));
        values.putAll(given);
        return (TwilioProvider) new TwilioProviderFactory().create(settings(values));
    }

    static TwilioProvider provider(AnsweringServer twilio, String... keysAndValues) {
        var values = new HashMap<>(Map.of("base-url", twilio.url()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return provider(values);
    }
}
