package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.ProviderAccount;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The path behind the prefix")
class AccountPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "//second", "/-a", "/a/b;c=d", "/a\u0000", "/a b", "twilio"})
    @DisplayName("names an account in plain letters, or none")
    void none(String path) {
        assertThat(AccountPath.read(path)).isEmpty();
    }

    @Test
    @DisplayName("is not looked at behind the account")
    void behind() {
        assertThat(AccountPath.read("/a//../b/-")).contains(ProviderAccount.of("a"));
    }
}
