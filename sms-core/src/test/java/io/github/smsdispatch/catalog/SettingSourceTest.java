package io.github.smsdispatch.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Settings come")
class SettingSourceTest {
    @Test
    @DisplayName("from a map by key, as it was when it was given")
    void map() {
        var values = new HashMap<>(Map.of("twilio.auth-token", "value"));
        SettingSource source = SettingSource.of(values);
        values.clear();
        assertThat(source.get("twilio.auth-token")).isEqualTo("value");
        assertThat(source.get("twilio.region")).isNull();
        assertThat(source.nameOf("twilio.auth-token")).isEqualTo("twilio.auth-token");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "twilio.auth-token,        TWILIO_AUTH_TOKEN",
        "twilio.alerts.auth-token, TWILIO_ALERTS_AUTH_TOKEN",
        "infobip.api-key,          INFOBIP_API_KEY"
    })
    @DisplayName("from environment variables in capitals, with underscores for dots and hyphens")
    void environment(String key, String variable) {
        SettingSource source = SettingSource.environment(Map.of(variable, "value"));
        assertThat(source.nameOf(key)).isEqualTo(variable);
        assertThat(source.get(key)).isEqualTo("value");
        assertThat(SettingSource.environment(Map.of(key, "value")).get(key)).isNull();
    }

    @Test
    @DisplayName("and are listed as the user types them, without what has no value, where the source can do that")
    void names() {
        var values = Map.of("twilio.from", "value", "twilio.auth-token", " ", "other", "value");
        assertThat(SettingSource.of(values).names()).containsExactlyInAnyOrder("twilio.from", "other");
        assertThat(SettingSource.environment(Map.of("TWILIO_FROM", "value", "PATH", ""))
                        .names())
                .containsExactly("TWILIO_FROM");
        SettingSource lambda = key -> "value";
        assertThat(lambda.names()).isEmpty();
    }

    @Test
    @DisplayName("from the environment of this process")
    void process() {
        Map.Entry<String, String> any = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().matches("[A-Z]+"))
                .findAny()
                .orElseThrow();
        assertThat(SettingSource.environment().get(any.getKey())).isEqualTo(any.getValue());
    }

    @Test
    @DisplayName("from anywhere else by a lambda")
    void lambda() {
        SettingSource source = key -> "value of " + key;
        assertThat(source.get("a.b")).isEqualTo("value of a.b");
        assertThat(source.nameOf("a.b")).isEqualTo("a.b");
    }
}
