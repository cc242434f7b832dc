package io.github.smsdispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10s", "PT0S", "-PT1S", "PT0.0001S", "PT10M0.001S", "PT1000000000000000H"})
    void aTimeoutIsAPositiveDurationOfTenMinutesAtMost(String value) {
        assertThat(problem(HttpSettings.timeout(), value))
                .isEqualTo("must be a positive ISO 8601 duration such as PT10S, at most PT10M");
    }

    @Test
    void aTimeoutIsTenSecondsUnlessSaidOtherwise() {
        assertThat(HttpSettings.timeout().fallback()).isEqualTo("PT10S");
        assertThat(problem(HttpSettings.timeout(), "PT10S")).isNull();
        assertThat(problem(HttpSettings.timeout(), "PT10M")).isNull();
    }

    @Test
    void absenceProvesNothingBeforeACallWouldHaveGivenUp() {
        var account = ProviderAccount.of("test");
        var same = new ProviderSettings(account, Map.of("absence-proof", "PT10S", "timeout", "PT10S"));
        var shorter = new ProviderSettings(account, Map.of("absence-proof", "PT9.999S", "timeout", "PT10S"));

        assertThat(HttpSettings.absenceProof(same)).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> HttpSettings.absenceProof(shorter))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "absence-proof: is PT9.999S, shorter than timeout, PT10S: what a slow provider has only just taken"
                                + " would be handed over again - make it longer, minutes rather than seconds, or never");
    }

    @Test
    void absenceMayNeverProveAnything() {
        assertThat(problem(HttpSettings.absenceProof("PT10M"), "never")).isNull();
        assertThat(HttpSettings.absenceProof(settings("absence-proof", "never")))
                .isNull();
        assertThat(HttpSettings.absenceProof(settings("absence-proof", "PT10M")))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(problem(HttpSettings.absenceProof("PT10M"), "always"))
                .isEqualTo("must be never or a positive ISO 8601 duration such as PT10M");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example.com",
                "ftp://example.com",
                "https:///path",
                "https://user:pass@example.com",
                "https://example.com?a=b",
                "https://example.com#a",
                "https://exa mple.com"
            })
    void aBaseUrlIsAWebUrlWithoutQueryOrCredentials(String value) {
        assertThat(problem(HttpSettings.baseUrl("base-url", "https://api.example.com"), value))
                .isEqualTo("must be an http or https URL without query, such as https://api.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com",
                "HTTP://192.0.2.1:8080",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://2130706433",
                "http://[::2]"
            })
    void aBaseUrlOfAnotherMachineUsesHttps(String value) {
        assertThat(problem(HttpSettings.baseUrl("base-url", "https://api.example.com"), value))
                .isEqualTo("must begin with https, unless it leads to this machine (localhost, 127.0.0.1, [::1]): with"
                        + " http, credentials and texts could be read on the way");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://LOCALHOST",
                "http://127.0.0.1:8080/base",
                "http://127.255.255.254",
                "http://[::1]:8080",
                "HTTPS://api.example.com",
                "https://192.0.2.1"
            })
    void aBaseUrlOfThisMachineMayUseHttp(String value) {
        assertThat(problem(HttpSettings.baseUrl("base-url", "https://api.example.com"), value))
                .isNull();
    }

    @Test
    void aBaseUrlLosesItsTrailingSlash() {
        assertThat(HttpSettings.baseUrl(settings("base-url", "http://127.0.0.1:8080/"), "base-url"))
                .isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void aCallbackUrlHasALargestLength() {
        ProviderSetting setting = HttpSettings.callbackUrl(30);

        assertThat(problem(setting, "https://example.com/cb?a=b")).isNull();
        assertThat(problem(setting, "https://example.com/callbacks/a"))
                .isEqualTo("must be an http or https URL of at most 30 characters");
    }

    @Test
    void aCallbackUrlLeadsToThisMachineOrIsNotInClear() {
        for (ProviderSetting setting : List.of(HttpSettings.callbackUrl(100), HttpSettings.callbackUrl(100, "ref"))) {
            assertThat(problem(setting, "http://127.0.0.1:8080/hooks")).isNull();
            assertThat(problem(setting, "http://sms.example.org/hooks"))
                    .isEqualTo("must begin with https, unless it leads to this machine (localhost, 127.0.0.1, [::1]):"
                            + " with http, numbers, and the secret of an unsigned webhook, could be read on the way");
        }
    }

    @Test
    void basicAuthIsInUtf8() {
        // RFC 7617 section 2.1
        assertThat(HttpSettings.basicAuth("test", "123\u00a3")).isEqualTo("Basic dGVzdDoxMjPCow==");
    }

    private static String problem(ProviderSetting setting, String value) {
        return setting.check().problemWith(value);
    }

    private static ProviderSettings settings(String key, String value) {
        return new ProviderSettings(ProviderAccount.of("test"), Map.of(key, value));
    }
}
