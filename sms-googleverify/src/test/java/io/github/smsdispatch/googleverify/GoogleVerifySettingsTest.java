package io.github.smsdispatch.googleverify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.SmsProviderFactory;
import io.github.smsdispatch.testkit.provider.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleVerifySettingsTest {
    private final SmsProviderFactory factory = new GoogleVerifyProviderFactory();

    @ParameterizedTest
    @CsvSource({
        "base-url, nowhere",
        "base-url, https://example.org/?x=1",
        "api-key, with space",
        "api-key, schlüssel",
        "batch, maybe",
        "timeout, soon",
        "absence-proof, sometimes",
        "receipt-patience, PT0S",
        "status-retention, PT0S",
        "status-retention, long"
    })
    void aValueOfTheWrongFormIsRefusedWithoutRepeatingIt(String key, String value) {
        assertThat(problemWith(key, value)).startsWith("must be ").doesNotContain(value);
    }

    @Test
    void addressAndKeyAreRequired() {
        assertThat(factory.settings())
                .filteredOn(ProviderSetting::required)
                .extracting(ProviderSetting::key)
                .containsExactly("base-url", "api-key");
    }

    @Test
    void theFallbacksSuitAServerThatWorksForHalfAMinute() {
        var settings = new GoogleVerifySettings(
                Accounts.settings(Map.of("base-url", "https://adminapi.example.org/", "api-key", Accounts.API_KEY)));

        assertThat(settings.baseUrl).isEqualTo("https://adminapi.example.org");
        assertThat(settings.batch).isTrue();
        assertThat(settings.timeout).hasSeconds(30);
        // A code that is not there does not prove that no text is out.
        assertThat(settings.absenceProof).isNull();
        assertThat(settings.receiptPatience).hasMinutes(15);
        assertThat(settings.statusRetention).hasDays(14);
    }

    private String problemWith(String key, String value) {
        return TestSettings.problemWith(factory, key, value);
    }
}
