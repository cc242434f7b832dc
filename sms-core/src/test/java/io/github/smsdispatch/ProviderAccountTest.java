package io.github.smsdispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A provider account")
class ProviderAccountTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "twilio,         twilio, default, twilio",
        "twilio:default, twilio, default, twilio",
        "twilio:alerts,  twilio, alerts,  twilio:alerts",
        "a-1:2-b,        a-1,    2-b,     a-1:2-b"
    })
    @DisplayName("is written as the provider's name, followed by the account's unless it is the default")
    void roundTrip(String text, String provider, String account, String written) {
        ProviderAccount parsed = ProviderAccount.parse(text);
        assertThat(parsed).isEqualTo(new ProviderAccount(provider, account)).hasToString(written);
        assertThat(ProviderAccount.parse(parsed.toString())).isEqualTo(parsed);
    }

    @Test
    @DisplayName("is the default one where only the provider is named")
    void defaultAccount() {
        assertThat(ProviderAccount.of("vonage").account()).isEqualTo(ProviderAccount.DEFAULT);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "Twilio", "twilio ", "tw.ilio", "tw_ilio", "-twilio", "caf\u00e9", "tw\nilio"})
    @DisplayName("needs a provider's name of lower-case letters, digits and hyphens")
    void badProvider(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProviderAccount.of(name))
                .withMessage("a provider name has 1 to 32 lower-case letters, digits and hyphens"
                        + " and begins with no hyphen, but this one is '" + name + "'");
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"twilio:", "twilio:a:b", "twilio:A", "twilio: a"})
    @DisplayName("needs an account's name of the same characters")
    void badAccount(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProviderAccount.parse(text))
                .withMessageStartingWith("an account name has");
    }

    @Test
    @DisplayName("has names of up to 32 characters")
    void length() {
        assertThat(ProviderAccount.of("a".repeat(32)).provider()).hasSize(32);
        assertThatIllegalArgumentException().isThrownBy(() -> ProviderAccount.of("a".repeat(33)));
    }

    @Test
    @DisplayName("sorts as it is written")
    void order() {
        assertThat(Stream.of("vonage", "twilio:b", "twilio", "twilio:a")
                        .map(ProviderAccount::parse)
                        .sorted()
                        .map(ProviderAccount::toString))
                .containsExactly("twilio", "twilio:a", "twilio:b", "vonage");
    }
}
