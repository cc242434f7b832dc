package io.github.smsdispatch.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.PhoneNumber;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A number shows")
class ShownNumberTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "to +447700900987.",
                "to +44 7700 900987",
                "to +44-7700-900-987",
                "to (07700) 900 987",
                "to +44 (0)7700 900.987",
                "to 00447700900987",
                "to +44770****987",
                "to +447700900xxx",
                "to 0770…0987",
                "to +44******0987",
                "to ***900987",
                "to ...900987",
                "the one that ends in 900987"
            })
    void howeverItIsWritten(String text) {
        assertThat(ShownNumber.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answered 500 in 77 ms, 900 bytes",
                "2026-11-21 13:45:00.900",
                "refused with 4xx, 44xx or 5xx",
                "reference 90098777-7009-4900-9870-447700900987",
                "id 1900987, id 9009870, id SM0090098700900987ab",
                "to +44********87",
                "to ***0987",
                "127.0.0.1:44770"
            })
    void andNothingElseIsTakenForIt(String text) {
        assertThat(ShownNumber.isIn(text)).isFalse();
    }

    @Test
    void andNotInWhatPhoneNumbersShow() {
        assertThat(ShownNumber.isIn(PhoneNumber.parse("+447700900987").toString()))
                .isFalse();
    }
}
