package io.github.smsdispatch.twilio;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.util.HashMap;
import java.util.Map;

/** Accounts with invented credentials, their settings filled in as configuration does it. */
final class Accounts {
    static final String ACCOUNT_SID = "AC" + "0123456789abcdef".repeat(2);
    static final String AUTH_TOKEN = "not-a-real-token";
    static final String FROM = "+12025550100";

    private Accounts() {}

    static ProviderSettings settings(Map<String, String> given) {
        var values = new HashMap<String, String>();
        for (ProviderSetting setting : new TwilioProviderFactory().settings()) {
            if (setting.fallback() != null) {
                values.put(setting.key(), setting.fallback());
            }
        }
        values.putAll(given);
        return new ProviderSettings(ProviderAccount.of("twilio"), values);
    }

    static TwilioProvider provider(Map<String, String> given) {
        var values = new HashMap<>(Map.of("account-sid", ACCOUNT_SID, "auth-token", AUTH_TOKEN, "from", FROM));
        values.putAll(given);
        return (TwilioProvider) new TwilioProviderFactory().create(settings(values));
    }
}
