package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSettingsTest {
    private static final String SERVICE = "MG" + "0123456789abcdef".repeat(2);

    @Test
    void theFactoryIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(SmsProviderFactory.class))
                .extracting(SmsProviderFactory::name)
                .containsExactly("twilio");
    }

    @Test
    void everythingThatContradictsIsToldAtOnce() {
        var settings = Accounts.settings(Map.of(
                "account-sid",
                Accounts.ACCOUNT_SID,
                "auth-token",
                Accounts.AUTH_TOKEN,
                "api-key-secret",
                "key-secret"));

        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> new TwilioProviderFactory().create(settings));

        assertThat(thrown.problems())
                .extracting(ConfigurationProblem::setting, ConfigurationProblem::problem)
                .containsExactly(
                        tuple("from", "neither from nor messaging-service-sid is set"),
                        tuple("api-key-sid", "only one of api-key-sid and api-key-secret is set"));
        assertThat(thrown.getMessage()).doesNotContain("hunter2", Accounts.AUTH_TOKEN);
    }

    @Test
    void aMessagingServiceMayStandForTheSender() {
        var settings = Accounts.settings(Map.of(
                "account-sid", Accounts.ACCOUNT_SID,
                "auth-token", Accounts.AUTH_TOKEN,
                "messaging-service-sid", SERVICE));

        try (var provider = new TwilioProviderFactory().create(settings)) {
            assertThat(provider.traits().maxBatchSize()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "account-sid, AC123",
        "account-sid, SK0123456789abcdef0123456789abcdef",
        "api-key-sid, AC9",
        "from, ''",
        "from, 0207 946 0000",
        "messaging-service-sid, MG9",
        "callback-url, /cb",
        "timeout, soon",
        "base-url, example.org",
        "absence-proof, sometimes",
        "receipt-patience, PT0S"
    })
    void aValueOfTheWrongFormIsRefusedWithoutRepeatingIt(String key, String value) {
        String problem = setting(key).check().problemWith(value);

        assertThat(problem).startsWith("must be ");
        if (!value.isEmpty()) {
            assertThat(problem).doesNotContain(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-token", "api-key-secret"})
    void aBlankSecretIsRefused(String key) {
        assertThat(setting(key).check().problemWith(" ")).isEqualTo("must not be blank");
    }

    @Test
    void theDefaultsAreOfTheRightForm() {
        for (ProviderSetting setting : new TwilioProviderFactory().settings()) {
            if (setting.fallback() != null) {
                assertThat(setting.check().problemWith(setting.fallback()))
                        .as(setting.key())
                        .isNull();
            }
        }
    }

    @Test
    void secretsAreMarkedSoAndTheRestIsNot() {
        assertThat(new TwilioProviderFactory().settings())
                .filteredOn(ProviderSetting::secret)
                .extracting(ProviderSetting::key)
                .containsExactlyInAnyOrder("auth-token", "api-key-secret");
    }

    private static ProviderSetting setting(String key) {
        return new TwilioProviderFactory()
                .settings().stream()
                        .filter(setting -> setting.key().equals(key))
                        .findFirst()
                        .orElseThrow();
    }
}
