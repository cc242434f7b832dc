package io.github.smsdispatch.googleverify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CodeRequestTest {
    @Test
    void aMessageCarriesTheRequestInItsAttributesAndATextThatIsNotSent() {
        Message message = CodeRequest.of(TestType.CONFIRMED)
                .symptomDate(LocalDate.of(2026, 11, 17))
                .testDate(LocalDate.of(2026, 11, 19))
                .tzOffset(-300)
                .smsTemplate("Second shift")
                .externalIssuerId("a1b2c3")
                .build()
                .messageTo(PhoneNumber.parse("+12025550123"))
                .campaign("2026-11-21")
                .build();

        assertThat(message.attributes())
                .isEqualTo(Map.of(
                        "googleverify.test-type", "confirmed",
                        "googleverify.symptom-date", "2026-11-17",
                        "googleverify.test-date", "2026-11-19",
                        "googleverify.tz-offset", "-300",
                        "googleverify.sms-template", "Second shift",
                        "googleverify.external-issuer-id", "a1b2c3"));
        assertThat(message.text()).isEqualTo("(The verification server writes this text.)");
        assertThat(message.validity()).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsRead(TestType type) {
        CodeRequest request = CodeRequest.of(type)
                .testDate(LocalDate.of(2026, 11, 19))
                .tzOffset(120)
                .build();

        assertThat(CodeRequest.read(request.attributes()).attributes()).isEqualTo(request.attributes());
        assertThat(request).hasToString("CodeRequest[" + type.word() + "]");
    }

    @Test
    void attributesOfTheCallersOwnAreLeftAlone() {
        CodeRequest read = CodeRequest.read(Map.of(CodeRequest.TEST_TYPE, "likely", "case", "17", "twilio.x", "y"));

        assertThat(read.attributes()).isEqualTo(Map.of(CodeRequest.TEST_TYPE, "likely"));
    }

    @Test
    void aMessageWithoutATestTypeWasMadeForAnotherProvider() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeRequest.read(Map.of("case", "17")))
                .withMessage("attribute googleverify.test-type is missing: the message was not made for a"
                        + " verification server");
    }

    @ParameterizedTest
    @CsvSource({
        "googleverify.test-type, positive, 'attribute googleverify.test-type must be confirmed, likely, negative or user-report'",
        "googleverify.test-type, CONFIRMED, 'attribute googleverify.test-type must be confirmed, likely, negative or user-report'",
        "googleverify.symptom-date, 21.11.2026, attribute googleverify.symptom-date must be a date such as 2026-11-21",
        "googleverify.test-date, 2026-02-30, attribute googleverify.test-date must be a date such as 2026-11-21",
        "googleverify.test-date, +12026-02-01, attribute googleverify.test-date must be a date such as 2026-11-21",
        "googleverify.tz-offset, PT2H, attribute googleverify.tz-offset must be -1080 to 1080 minutes",
        "googleverify.tz-offset, 1081, attribute googleverify.tz-offset must be -1080 to 1080 minutes",
        "googleverify.tz-offset, -1081, attribute googleverify.tz-offset must be -1080 to 1080 minutes",
        "googleverify.sms-template, ' ', 'attribute googleverify.sms-template must be 1 to 255 characters, not all blank'",
        "googleverify.symptomdate, 2026-11-21, an attribute begins with googleverify. and is none that is known"
    })
    void whatCannotBeReadIsNamedAndNotShown(String name, String value, String problem) {
        var attributes = new HashMap<>(Accounts.CONFIRMED);
        attributes.put(name, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeRequest.read(attributes))
                .withMessage(problem);
    }
}
