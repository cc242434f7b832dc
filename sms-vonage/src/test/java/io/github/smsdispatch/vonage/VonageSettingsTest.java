package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.testkit.provider.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VonageSettingsTest {
    @Test
    void receiptsAreVerifiedOrTheyAreNot() {
        ConfigurationException thrown = refusal(Map.of(
                "api-key", Accounts.API_KEY,
                "api-secret", Accounts.API_SECRET,
                "from", "AcmeInc",
                "signature-secret", "hunter2",
                "allow-unsigned-webhooks", "true"));

        assertThat(thrown)
                .hasMessage("allow-unsigned-webhooks: is true although signature-secret is set"
                        + " - leave one of the two out: webhooks are either verified or they are not");
    }

    @Test
    void webhooksThatNobodyCanVerifyAreAProblemOfTheConfiguration() {
        ConfigurationException thrown = refusal(Map.of(
                "api-key",
                Accounts.API_KEY,
                "api-secret",
                Accounts.API_SECRET,
                "from",
                "AcmeInc",
                "callback-url",
                "https://example.com/vonage"));

        assertThat(thrown)
                .hasMessage("callback-url: is set, but what comes there cannot be verified"
                        + " - set signature-secret, or allow-unsigned-webhooks=true if anybody may report deliveries");
    }

    @ParameterizedTest
    @CsvSource({"application-id, private-key", "private-key, application-id"})
    void anApplicationHasBothAnIdAndAKey(String given, String missing) {
        String value = given.equals("private-key") ? Accounts.privateKeyPem() : Accounts.APPLICATION_ID;
        ConfigurationException thrown = refusal(Map.of(
                "api-key", Accounts.API_KEY, "api-secret", Accounts.API_SECRET, "from", "AcmeInc", given, value));

        assertThat(thrown)
                .hasMessage(
                        given + ": is set without " + missing + " - set both, or neither to use api-key and -secret");
    }

    @Test
    void thePrivateKeyMayBeOneLine() {
        String pem = Accounts.privateKeyPem();

        assertThat(problemWith("private-key", pem)).isNull();
        assertThat(problemWith("private-key", pem.replace("\n", "\\n"))).isNull();
        assertThat(problemWith("private-key", pem.replace("PRIVATE", "RSA PRIVATE")))
                .isEqualTo("must be an RSA key as PEM that begins with BEGIN PRIVATE KEY (PKCS#8)");
    }

    @ParameterizedTest
    @CsvSource({
        "api-key, with space",
        "from, ''",
        "from, much too long a name",
        "signature-method, sha3",
        "allow-unsigned-webhooks, maybe",
        "callback-url, /cb",
        "timeout, soon",
        "base-url, example.org",
        "api-base-url, example.org",
        "messages-base-url, example.org",
        "insights-base-url, example.org",
        "api, whatsapp",
        "application-id, 4711",
        "private-key, MIIEvQ",
        "webhook-max-age, PT0S",
        "webhook-max-age, P31D",
        "absence-proof, sometimes",
        "receipt-patience, PT0S"
    })
    void aValueOfTheWrongFormIsRefusedWithoutRepeatingIt(String key, String value) {
        String problem = problemWith(key, value);

        assertThat(problem).startsWith("must be ");
        if (!value.isEmpty()) {
            assertThat(problem).doesNotContain(value);
        }
    }

    @Test
    void aCallbackUrlLongerThanVonageTakesIsRefused() {
        String base = "https://example.com/";

        assertThat(problemWith("callback-url", base + "x".repeat(100 - base.length())))
                .isNull();
        assertThat(problemWith("callback-url", base + "x".repeat(101 - base.length())))
                .isEqualTo("must be an http or https URL of at most 100 characters");
    }

    private static ConfigurationException refusal(Map<String, String> given) {
        return TestSettings.refusal(new VonageProviderFactory(), given);
    }

    private static String problemWith(String key, String value) {
        return TestSettings.problemWith(new VonageProviderFactory(), key, value);
    }
}
