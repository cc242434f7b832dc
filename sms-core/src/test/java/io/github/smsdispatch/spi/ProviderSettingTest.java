package io.github.smsdispatch.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.ProviderAccount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A provider's setting")
class ProviderSettingTest {
    @Test
    @DisplayName("is declared in a sentence")
    void declared() {
        ProviderSetting token =
                ProviderSetting.required("auth-token", "the token").asSecret();
        assertThat(token.required()).isTrue();
        assertThat(token.secret()).isTrue();
        assertThat(token.fallback()).isNull();
        assertThat(token.meaning()).isEqualTo("the token");
        assertThat(token.check().problemWith("anything")).isNull();

        ProviderSetting region =
                ProviderSetting.optional("region", "the region").orElse("us1");
        assertThat(region.required()).isFalse();
        assertThat(region.secret()).isFalse();
        assertThat(region.fallback()).isEqualTo("us1");
    }

    @Test
    @DisplayName("is refused by its check, in words that do not repeat the value")
    void checked() {
        ProviderSetting setting = ProviderSetting.optional("timeout", "the timeout")
                .asSecret()
                .orElse("PT10S")
                .parsedBy(Duration::parse, "a duration such as PT10S");
        assertThat(setting.check().problemWith("PT5S")).isNull();
        assertThat(setting.check().problemWith("five")).isEqualTo("must be a duration such as PT10S");
        assertThat(setting.secret()).isTrue();
        assertThat(setting.fallback()).isEqualTo("PT10S");
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "Token", "auth_token", "auth.token", "auth-", "-auth", "auth--token", "1st"})
    @DisplayName("has a key that can be written in every kind of configuration")
    void keys(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProviderSetting.optional(key, "whatever"))
                .withMessageContaining("lower-case words with hyphens")
                .withMessageContaining("'" + key + "'");
    }

    @Test
    @DisplayName("reaches the factory by its key; one that was not declared is a bug with a clear message")
    void values() {
        var values = new HashMap<>(Map.of("account-sid", "AC1"));
        var settings = new ProviderSettings(ProviderAccount.parse("twilio:alerts"), values);
        values.clear();
        assertThat(settings.account()).hasToString("twilio:alerts");
        assertThat(settings.get("account-sid")).isEqualTo("AC1");
        assertThat(settings.find("region")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.get("region"))
                .withMessage("setting region of twilio:alerts has no value");
    }

    @Test
    @DisplayName("is shown by name only, in a fixed order")
    void shown() {
        var settings = new ProviderSettings(ProviderAccount.of("twilio"), Map.of("b", "2", "a", "1", "c", "3"));
        assertThat(settings).hasToString("ProviderSettings[twilio, [a, b, c]]");
        assertThat(ProviderSetting.optional("region", "the region").orElse("us1"))
                .hasToString("ProviderSetting[region]");
    }
}
