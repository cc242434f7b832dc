package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.testkit.provider.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfobipSettingsTest {
    @Test
    void reportsThatWouldAllBeRefusedAreNotAskedFor() {
        ConfigurationException thrown = TestSettings.refusal(
                new InfobipProviderFactory(),
                Map.of(
                        "base-url",
                        "https://abc123.api.example.com",
                        "api-key",
                        Accounts.API_KEY,
                        "from",
                        "AcmeInc",
                        "callback-url",
                        Accounts.CALLBACK));

        assertThat(thrown)
                .hasMessage("webhook-secret: is missing although callback-url is set - set it to 16 or more random"
                        + " letters and digits: without it all delivery reports are refused");
    }

    @Test
    void theBaseUrlIsTheAccountsOwnAndHasNoFallBack() {
        assertThat(new InfobipProviderFactory().settings())
                .filteredOn(setting -> setting.key().equals("base-url"))
                .singleElement()
                .satisfies(baseUrl -> {
                    assertThat(baseUrl.required()).isTrue();
                    assertThat(baseUrl.fallback()).isNull();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "base-url, abc123.api.example.com",
        "base-url, https://example.com/?a=b",
        "api-key, with space",
        "from, ''",
        "from, much too long a name",
        "callback-url, /cb",
        "callback-url, https://example.com/?token=mine",
        "webhook-secret, tooshort",
        "webhook-secret, spaces are not for addresses",
        "batch-size, 0",
        "batch-size, 1001",
        "batch-size, many",
        "timeout, soon",
        "absence-proof, sometimes",
        "receipt-patience, PT0S"
    })
    void aValueOfTheWrongFormIsRefusedWithoutRepeatingIt(String key, String value) {
        String problem = problemWith(key, value);

        assertThat(problem).startsWith("must be ");
        if (value.length() > 2) {
            assertThat(problem).doesNotContain(value);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "100", "1000"})
    void theBatchSizeIsASetting(String size) {
        assertThat(problemWith("batch-size", size)).isNull();
        try (var provider = Accounts.provider(Map.of("batch-size", size))) {
            assertThat(provider.traits().maxBatchSize()).isEqualTo(Integer.parseInt(size));
        }
    }

    private static String problemWith(String key, String value) {
        return TestSettings.problemWith(new InfobipProviderFactory(), key, value);
    }
}
