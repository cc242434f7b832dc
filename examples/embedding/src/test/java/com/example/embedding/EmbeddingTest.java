package com.example.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.googleverify.CodeRequest;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyCredentials;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The build of this example imports the BOM and names the modules, no more, as a user's does: nothing of the library's own
 * dependency management reaches it, and what Maven then puts on the class path must work together.
 */
@DisplayName("In a build that imports the BOM and names all modules,")
class EmbeddingTest {
    private static final String TEXT = "Your table is ready.";

    @Test
    @DisplayName("each provider is found, configured, and hands a message over")
    void allProviders() {
        try (CarrierSimulator carrier = CarrierSimulator.builder()
                .africasTalking(AfricasTalkingCredentials.fake())
                .googleVerify(GoogleVerifyCredentials.fake())
                .infobip(InfobipCredentials.fake())
                .twilio(TwilioCredentials.fake())
                .vonage(VonageCredentials.fake())
                .start()) {
            Map<ProviderAccount, SmsProvider> providers = ProviderCatalog.discover()
                    .create(
                            List.of("africastalking", "googleverify", "infobip", "twilio", "vonage").stream()
                                    .map(ProviderAccount::of)
                                    .toList(),
                            settings(carrier.baseUrl().toString())::get);

            providers.values().forEach(EmbeddingTest::assertHandsOver);
            providers.values().forEach(SmsProvider::close);

            assertEquals(5, providers.size());
            assertEquals(5, carrier.ledger().entries().size());
        }
    }

    @Test
    @DisplayName("Jackson comes in one version, whatever the providers' SDKs ask for")
    void oneJackson() {
        var versions = new TreeSet<String>();
        for (String jar : System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
            if (jar.matches(".*jackson-(core|databind|datatype-jsr310|dataformat-xml)-[0-9.]+\\.jar")) {
                versions.add(jar.replaceAll(".*-([0-9.]+)\\.jar", "$1"));
            }
        }
        assertEquals(1, versions.size(), versions::toString);
    }

    private static void assertHandsOver(SmsProvider provider) {
        var submission = new Submission(
                AttemptId.create(),
                PhoneNumber.parse("+12025550123"),
                null,
                TEXT,
                Segments.of(TEXT),
                Duration.ofHours(1),
                Map.of(CodeRequest.TEST_TYPE, "confirmed"));
        SubmitOutcome outcome = provider.submit(List.of(submission)).get(0);
        assertTrue(outcome instanceof SubmitOutcome.Accepted, () -> provider + ": " + outcome);
    }

    private static Map<String, String> settings(String carrier) {
        var settings = new HashMap<String, String>();
        settings.put("africastalking.username", AfricasTalkingCredentials.fake().username());
        settings.put("africastalking.api-key", AfricasTalkingCredentials.fake().apiKey());
        settings.put("googleverify.api-key", GoogleVerifyCredentials.fake().apiKey());
        settings.put("infobip.api-key", InfobipCredentials.fake().apiKey());
        settings.put("infobip.from", "AcmeInc");
        settings.put("twilio.account-sid", TwilioCredentials.fake().accountSid());
        settings.put("twilio.auth-token", TwilioCredentials.fake().authToken());
        settings.put("twilio.from", "+12025550100");
        settings.put("vonage.api-key", VonageCredentials.fake().apiKey());
        settings.put("vonage.api-secret", VonageCredentials.fake().apiSecret());
        settings.put("vonage.from", "AcmeInc");
        settings.put("vonage.api-base-url", carrier);
        for (String provider : List.of("africastalking", "googleverify", "infobip", "twilio", "vonage")) {
            settings.put(provider + ".base-url", carrier);
        }
        return settings;
    }
}
