package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Options for webhooks")
class WebhookOptionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sms.example.org",
                "/hooks",
                "ftp://sms.example.org",
                "https:///hooks",
                "https://a?b=c",
                "https://a#b"
            })
    @DisplayName("refuse a public URL to which nothing can be appended, or that is none")
    void badUrls(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookOptions.builder().publicUrl(URI.create(url)))
                .withMessageContaining("https://sms.example.org/hooks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://sms.example.org", "https://sms.example.org/"})
    @DisplayName("take a public URL with or without a slash at its end")
    void slash(String url) {
        assertThat(WebhookOptions.builder().publicUrl(URI.create(url)).build().publicUrl())
                .contains("https://sms.example.org");
    }

    @Test
    @DisplayName("take a user and a password in the public URL, which a provider signs, and never show them")
    void user() {
        var options = WebhookOptions.builder()
                .publicUrl(URI.create("https://acme:s3cret@sms.example.org/hooks"))
                .build();
        assertThat(options.publicUrl()).contains("https://acme:s3cret@sms.example.org/hooks");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> WebhookOptions.builder().publicUrl(URI.create("https://acme:s3cret@sms.example.org?a")))
                .withMessageNotContaining("s3cret");
    }

    @Test
    @DisplayName("read bodies of 2 MiB unless told otherwise, and none without an end")
    void bodies() {
        assertThat(WebhookOptions.defaults().maxBodyBytes()).isEqualTo(2_097_152);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookOptions.builder().maxBodyBytes(0).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        WebhookOptions.builder().maxBodyBytes(Integer.MAX_VALUE).build());
    }
}
