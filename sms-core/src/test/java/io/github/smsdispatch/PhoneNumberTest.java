package io.github.smsdispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A phone number")
class PhoneNumberTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "+447700900123",
                "+44 7700 900123",
                "+44-7700-900-123",
                "+44.7700.900123",
                "+44 (7700) 900123",
                "  +447700900123\n",
                "+44\u00a07700\u00a0900123"
            })
    @DisplayName("is read with the separators that people use")
    void separators(String text) {
        PhoneNumber number = PhoneNumber.parse(text);
        assertThat(number.e164()).isEqualTo("+447700900123");
        assertThat(number.digits()).isEqualTo("447700900123");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                    | a phone number must begin with + and the country code (E.164)
            07700 900123          | a phone number must begin with + and the country code (E.164)
            00447700900123        | a phone number must begin with + and the country code (E.164)
            447700900123          | a phone number must begin with + and the country code (E.164)
            +                     | a phone number has 7 to 15 digits (E.164), but this one has 0
            +123456               | a phone number has 7 to 15 digits (E.164), but this one has 6
            +1234567890123456     | a phone number has 7 to 15 digits (E.164), but this one has 16
            +07700900123          | no country code begins with 0
            +44 (0)7700 900123    | leave out the (0) of a phone number: it is dialled within the country only
            +447700900123 x5      | a phone number may hold digits and separators only, but character 15 is neither
            ++447700900123        | a phone number may hold digits and separators only, but character 2 is neither
            +44770090012\u0663    | a phone number may hold digits and separators only, but character 13 is neither
            """)
    @DisplayName("is refused with a reason that does not repeat it")
    void refusals(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PhoneNumber.parse(text))
                .withMessage(reason);
    }

    @ParameterizedTest(name = "{0} digits")
    @ValueSource(ints = {7, 15})
    @DisplayName("has 7 to 15 digits")
    void lengths(int digits) {
        String number = "+" + "4".repeat(digits);
        assertThat(PhoneNumber.parse(number).e164()).isEqualTo(number);
    }

    @ParameterizedTest(name = "{0} is in {1}")
    @CsvSource({
        "+12025550123,    1",
        "+79001234567,    7",
        "+201001234567,   20",
        "+27821234567,    27",
        "+447700900123,   44",
        "+5511987654321,  55",
        "+861012345678,   86",
        "+919876543210,   91",
        "+211912345678,   211",
        "+254700123456,   254",
        "+35312345678,    353",
        "+420601123456,   420",
        "+6834123,        683",
        "+85251234567,    852",
        "+96512345678,    965",
        "+998901234567,   998"
    })
    @DisplayName("tells its country calling code of one, two or three digits")
    void callingCode(String number, String code) {
        assertThat(PhoneNumber.parse(number).callingCode()).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource({
        "+12025550123,     +1********23",
        "+447700900123,    +44********23",
        "+254700123456,    +254*******56",
        "+6834123,         +683**23",
        "+123456789012345, +1************45"
    })
    @DisplayName("shows only its country code and last two digits")
    void masked(String number, String shown) {
        assertThat(PhoneNumber.parse(number)).hasToString(shown);
    }

    @Test
    @DisplayName("is equal to the same number written otherwise, and to no other")
    void equality() {
        PhoneNumber number = PhoneNumber.parse("+447700900123");
        assertThat(number)
                .isEqualTo(PhoneNumber.parse("+44 7700 900123"))
                .hasSameHashCodeAs(PhoneNumber.parse("+44 7700 900123"))
                .isNotEqualTo(PhoneNumber.parse("+447700900124"))
                .isNotEqualTo("+447700900123");
    }

    @Test
    @DisplayName("sorts by its digits")
    void order() {
        List<PhoneNumber> sorted = Stream.of("+447700900123", "+12025550123", "+254700123456", "+12025550122")
                .map(PhoneNumber::parse)
                .sorted()
                .toList();
        assertThat(sorted)
                .extracting(PhoneNumber::e164)
                .containsExactly("+12025550122", "+12025550123", "+254700123456", "+447700900123");
    }
}
