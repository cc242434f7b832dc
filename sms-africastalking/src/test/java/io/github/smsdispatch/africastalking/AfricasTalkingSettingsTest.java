package io.github.smsdispatch.africastalking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.testkit.provider.TestSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AfricasTalkingSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "acme, https://api.africastalking.com",
        "sandbox, https://api.sandbox.africastalking.com",
        "Sandbox, https://api.africastalking.com"
    })
    void theUsernameDecidesWhereTheApiIs(String username, String baseUrl) {
        var settings =
                new AfricasTalkingSettings(Accounts.settings(Accounts.withCredentials(Map.of("username", username))));

        assertThat(settings.baseUrl).isEqualTo(baseUrl);
    }

    @Test
    void aBaseUrlOfOnesOwnGoesBeforeThat() {
        var settings = new AfricasTalkingSettings(Accounts.settings(
                Accounts.withCredentials(Map.of("username", "sandbox", "base-url", "http://127.0.0.1:9/"))));

        assertThat(settings.baseUrl).isEqualTo("http://127.0.0.1:9");
    }

    @Test
    void aBatchIsOneTextToAsManyAsARequestMayHave() {
        try (SmsProvider provider = Accounts.provider(Map.of("max-recipients", "250"))) {
            ProviderTraits traits = provider.traits();

            assertThat(traits.maxBatchSize()).isEqualTo(250);
            assertThat(traits.batchesShareText()).isTrue();
        }
        try (SmsProvider provider = Accounts.provider(Map.of())) {
            assertThat(provider.traits().maxBatchSize()).isEqualTo(100);
        }
    }

    @Test
    void aCallMayTakeTwoDeadlinesAsItsLastRequestMayBeginJustBeforeTheFirstOnes() {
        try (SmsProvider provider = Accounts.provider(Map.of("timeout", "PT40S"))) {
            assertThat(provider.traits().longestCall()).isEqualTo(Duration.ofSeconds(80));
        }
    }

    @Test
    void thereIsNobodyToAskSoThatAbsenceProvesNothingAndNoValidityIsClipped() {
        try (SmsProvider provider = Accounts.provider(Map.of())) {
            assertThat(provider.traits().absenceProof()).isEmpty();
            assertThat(provider.traits().maxValidity()).isGreaterThan(Duration.ofDays(30));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "username, ''",
        "username, two words",
        "api-key, key\u00e9",
        "from, ''",
        "from, 0207 946 0000",
        "enqueue, 1",
        "max-recipients, 0",
        "max-recipients, 1001",
        "max-recipients, -1",
        "max-recipients, many",
        "webhook-secret, fifteen-letters",
        "webhook-secret, with/a/slash/and/enough/letters",
        "timeout, soon",
        "base-url, example.org",
        "receipt-patience, PT0S"
    })
    void aValueOfTheWrongFormIsRefusedWithoutRepeatingIt(String key, String value) {
        String problem = problemWith(key, value);

        assertThat(problem).startsWith("must be ");
        if (value.length() > 1) {
            assertThat(problem).doesNotContain(value);
        }
    }

    @ParameterizedTest
    @CsvSource({"max-recipients, 1", "max-recipients, 1000", "enqueue, false", "webhook-secret, sixteen-letters_"})
    void theBoundsThemselvesAreTaken(String key, String value) {
        assertThat(problemWith(key, value)).isNull();
    }

    private static String problemWith(String key, String value) {
        return TestSettings.problemWith(new AfricasTalkingProviderFactory(), key, value);
    }
}
