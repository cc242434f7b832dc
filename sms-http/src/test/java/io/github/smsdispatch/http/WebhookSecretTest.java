package io.github.smsdispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
    private static final String SECRET = "not-a-real-webhook-secret";

    private final WebhookSecret secret = new WebhookSecret(SECRET);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/sms/" + SECRET,
                "https://example.com/sms/" + SECRET + "?tenant=7",
                "https://example.com/sms/" + SECRET + "?tenant=%",
                "https://example.com/sms/" + SECRET + "#top",
                "/sms/" + SECRET,
                "https://example.com/sms?key=" + SECRET,
                "https://example.com/sms?tenant=7&token=" + SECRET,
                "https://example.com/not-the-secret?key=" + SECRET,
                "https://example.com/sms?key=for-another&token=" + SECRET
            })
    void isTheLastSegmentOfThePathOrAParameter(String url) {
        assertThat(secret.isIn(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://example.com/sms",
                "https://example.com/sms/not-a-real-webhook-secreT",
                "https://example.com/sms/" + SECRET + "x",
                "https://example.com/sms/" + SECRET + "/",
                "https://example.com/" + SECRET + "/more",
                "https://example.com/sms?key=",
                "https://example.com/sms?key=wrong&key=" + SECRET,
                "https://example.com/sms?token=wrong&token=" + SECRET,
                "https://example.com/sms?Key=" + SECRET,
                "https://example.com/sms?secret=" + SECRET,
                "https://example.com/sms?tenant=%&key=" + SECRET,
                "https://example.com/sms#" + SECRET,
                "https://example.com/sms?a=/" + SECRET
            })
    void isNowhereElse(String url) {
        assertThat(secret.isIn(url)).isFalse();
    }

    @Test
    void ofOtherCharactersItIsFoundPercentEncodedInTheQuery() {
        assertThat(new WebhookSecret("a b/ü").isIn("https://example.com/sms?token=a%20b%2F%C3%BC"))
                .isTrue();
    }

    @Test
    void aBlankOneIsNone() {
        assertThatThrownBy(() -> new WebhookSecret(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotShown() {
        assertThat(secret).hasToString("WebhookSecret[*]");
    }
}
