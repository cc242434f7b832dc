package io.github.smsdispatch.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.testkit.provider.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioSettingsTest {
    private static final String SERVICE = "MG" + "0123456789abcdef".repeat(2);

    @Test
    void everythingThatContradictsIsToldAtOnce() {
        ConfigurationException thrown = TestSettings.refusal(
                new TwilioProviderFactory(),
                Map.of(
                        "account-sid",
                        Accounts.ACCOUNT_SID,
                        "auth-token",
                        Accounts.AUTH_TOKEN,
                        "api-key-secret",
                        "hunter2"));

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
        "callback-url, https://example.com/cb?a=1&ref=theirs",
        "callback-url, https://example.com/cb?%72ef",
        "timeout, soon",
        "base-url, example.org",
        "lookup-base-url, ftp://example.org",
        "lookup-fields, everything",
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
    void aCallbackUrlWithAParameterThatWouldHideOursSaysWhichOne() {
        assertThat(problemWith("callback-url", "https://example.com/cb?ref=theirs"))
                .isEqualTo("must be an http or https URL of at most 3900 characters without a query parameter ref,"
                        + " which is added to it");
        assertThat(problemWith("callback-url", "https://example.com/cb?refs=1#ref=2"))
                .isNull();
    }

    private static String problemWith(String key, String value) {
        return TestSettings.problemWith(new TwilioProviderFactory(), key, value);
    }
}
