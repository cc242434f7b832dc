package io.github.smsdispatch.vonage;

import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TestSettings;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Accounts with invented credentials. */
final class Accounts {
    static final String API_KEY = "abcd1234";
    static final String API_SECRET = "not-a-real-secret";

    static final String APPLICATION_ID = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";

    /** Made anew for each run. */
    static final KeyPair KEYS = keys();

    private Accounts() {}

    static String privateKeyPem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static ProviderSettings settings(Map<String, String> given) {
        return TestSettings.of(new VonageProviderFactory(), given);
    }

    static VonageProvider provider(Map<String, String> given) {
        return provider(given, InstantSource.system());
    }

    static VonageProvider provider(Map<String, String> given, InstantSource clock) {
        var values = new HashMap<>(Map.of("api-key", API_KEY, "api-secret", API_SECRET, "from", "AcmeInc"));
        values.putAll(given);
        return VonageProvider.of(new VonageSettings(settings(values)), clock);
    }

    static VonageProvider provider(AnsweringServer vonage, String... keysAndValues) {
        var values = new HashMap<>(Map.of(
                "base-url", vonage.url(),
                "messages-base-url", vonage.url(),
                "api-base-url", vonage.url(),
                "insights-base-url", vonage.url()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return provider(values);
    }
}
