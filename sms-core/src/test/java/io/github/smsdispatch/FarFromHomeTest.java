package io.github.smsdispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.spi.WebhookRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In Turkish, "i" is not the small letter of "I"; Egyptian Arabic has digits of its own; Kiritimati is 14 hours ahead. */
@DisplayName("Far from home, nothing changes:")
class FarFromHomeTest {
    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @BeforeEach
    void travel() {
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
    }

    @AfterEach
    void comeHome() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab"})
    @DisplayName("a setting's environment variable has ASCII capitals")
    void environment(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        SettingSource source = SettingSource.environment(Map.of("INFOBIP_API_KEY", "value"));
        assertThat(source.nameOf("infobip.api-key")).isEqualTo("INFOBIP_API_KEY");
        assertThat(source.get("infobip.api-key")).isEqualTo("value");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab"})
    @DisplayName("a header is found whatever the case of its i")
    void headers(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        var request = new WebhookRequest(
                "POST", "https://sms.example/", Map.of("X-TWILIO-SIGNATURE", List.of("s")), new byte[0]);
        assertThat(request.header("x-twilio-signature")).contains("s");
        assertThat(request.header("X-TWILIO-SIGNATURE")).contains("s");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab"})
    @DisplayName("names, numbers and ids are read and written as everywhere")
    void words(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(Sender.of("ISIK istif").value()).isEqualTo("ISIK istif");
        assertThat(PhoneNumber.parse("+12025550123")).hasToString("+1********23");
        assertThat(ProviderAccount.parse("infobip:istanbul")).hasToString("infobip:istanbul");
        MessageId id = MessageId.create(InstantSource.fixed(Instant.EPOCH), () -> -1);
        assertThat(id).hasToString("00000000-0000-7fff-bfff-ffffffffffff");
        assertThat(Message.to("+12025550123").text("a".repeat(161)).id(id).build())
                .hasToString("Message[" + id + ", tenant=default, lane=NORMAL, segments=2]");
    }
}
