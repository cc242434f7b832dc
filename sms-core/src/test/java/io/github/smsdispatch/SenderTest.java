package io.github.smsdispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A sender")
class SenderTest {
    @ParameterizedTest(name = "{0} is a {1}")
    @CsvSource({
        "+44 7700 900123, NUMBER,       +447700900123",
        "123,             SHORT_CODE,   123",
        "12345678,        SHORT_CODE,   12345678",
        "MyClinic,        ALPHANUMERIC, MyClinic",
        "' Clinic 24 ',   ALPHANUMERIC, Clinic 24",
        "A,               ALPHANUMERIC, A",
        "1a,              ALPHANUMERIC, 1a",
        "B&Q_x.y-z+,      ALPHANUMERIC, B&Q_x.y-z+",
        "ElevenChars,     ALPHANUMERIC, ElevenChars"
    })
    @DisplayName("is a number with +, a short code of digits, or a name")
    void forms(String text, Sender.Kind kind, String value) {
        Sender sender = Sender.of(text);
        assertThat(sender.kind()).isEqualTo(kind);
        assertThat(sender.value()).isEqualTo(value);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {
                "",
                "   ",
                "12",
                "123456789",
                "TwelveChars1",
                "24/7",
                "Caf\u00e9",
                "\u041c\u043e\u0441",
                "1 2 3",
                "a\tb"
            })
    @DisplayName("that is none of the three is refused, and the reason says what it may be")
    void refusals(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sender.of(text))
                .withMessage(
                        "a sender is a number with + and country code, a short code of 3 to 8 digits,"
                                + " or a name of 1 to 11 characters of A-Z a-z 0-9 . _ & ' + - and space, with at least one letter");
    }

    @Test
    @DisplayName("that begins with + must be a whole number")
    void brokenNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sender.of("+Clinic"))
                .withMessageContaining("character 2");
    }

    @Test
    @DisplayName("shows a name and a short code, but masks a number")
    void shown() {
        assertThat(Sender.of("MyClinic")).hasToString("MyClinic");
        assertThat(Sender.of("12345")).hasToString("12345");
        assertThat(Sender.of("+447700900123")).hasToString("+44********23");
    }

    @Test
    @DisplayName("is equal to the same sender; names differ by case, as recipients see it")
    void equality() {
        assertThat(Sender.of("Clinic"))
                .isEqualTo(Sender.of(" Clinic"))
                .hasSameHashCodeAs(Sender.of(" Clinic"))
                .isNotEqualTo(Sender.of("CLINIC"));
        assertThat(Sender.of("+447700900123"))
                .isEqualTo(Sender.of("+44 7700 900123"))
                .isNotEqualTo(PhoneNumber.parse("+447700900123"));
    }
}
