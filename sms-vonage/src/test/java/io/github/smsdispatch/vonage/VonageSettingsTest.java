package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageSettingsTest {
    @Test
    void theFactoryIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(SmsProviderFactory.class))
                .extracting(SmsProviderFactory::name)
                .containsExactly("vonage");
    }

    @Test
    void theFactoryMakesAProvider() {
        var settings = Accounts.settings(
                Map.of("api-key", Accounts.API_KEY, "api-secret", Accounts.API_SECRET, "from", "AcmeInc"));

        try (var provider = new VonageProviderFactory().create(settings)) {
            assertThat(provider).hasToString("VonageProvider[vonage]");
        }
    }

    @Test
    void receiptsAreVerifiedOrTheyAreNot() {
        assertThatThrownBy(() ->
                        Accounts.provider(Map.of("signature-secret", "s3cret", "allow-unsigned-webhooks", "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("allow-unsigned-webhooks: is true although signature-secret is set"
                        + " - leave one of the two out: receipts are either verified or they are not");
    }

    @ParameterizedTest
    @CsvSource({
        "api-key, with space", "from, ''", "from, much too long a name", "signature-method, sha3",
        "allow-unsigned-webhooks, maybe", "callback-url, /cb", "timeout, soon", "base-url, example.org",
        "api-base-url, example.org", "absence-proof, sometimes", "receipt-patience, PT0S"
    })
    void aValueOfTheWrongFormIsRefusedWithoutRepeatingIt(String key, String value) {
        String problem = setting(key).check().problemWith(value);

        assertThat(problem).startsWith("must be ");
        if (!value.isEmpty()) {
            assertThat(problem).doesNotContain(value);
        }
    }

    @Test
    void aCallbackUrlLongerThanVonageTakesIsRefused() {
        String base = "https://example.com/";

        assertThat(setting("callback-url").check().problemWith(base + "x".repeat(100 - base.length())))
                .isNull();
        assertThat(setting("callback-url").check().problemWith(base + "x".repeat(101 - base.length())))
                .isEqualTo("must be an http or https URL of at most 100 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-secret", "signature-secret"})
    void aBlankSecretIsRefused(String key) {
        assertThat(setting(key).check().problemWith(" ")).isEqualTo("must not be blank");
    }

    @Test
    void theDefaultsAreOfTheRightForm() {
        for (ProviderSetting setting : new VonageProviderFactory().settings()) {
            if (setting.fallback() != null) {
                assertThat(setting.check().problemWith(setting.fallback()))
                        .as(setting.key())
                        .isNull();
            }
        }
    }

    @Test
    void secretsAreMarkedSoAndTheRestIsNot() {
        assertThat(new VonageProviderFactory().settings())
                .filteredOn(ProviderSetting::secret)
                .extracting(ProviderSetting::key)
                .containsExactlyInAnyOrder("api-secret", "signature-secret");
    }

    private static ProviderSetting setting(String key) {
        return new VonageProviderFactory()
                .settings().stream()
                        .filter(setting -> setting.key().equals(key))
                        .findFirst()
                        .orElseThrow();
    }
}
