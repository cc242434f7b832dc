package io.github.smsdispatch.http;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    @Test
    void orderAndRepeatedNamesAreKept() {
        assertThat(Form.decode("b=1&a=2&b=3&&c&d=").fields())
                .containsExactly(entry("b", "1"), entry("a", "2"), entry("b", "3"), entry("c", ""), entry("d", ""));
    }

    @Test
    void whatIsEncodedIsDecodedAgain() {
        Form form = Form.empty().with("ä & b", "1 = + % ✓ 😀").with("ä & b", "");

        assertThat(Form.decode(form.encode()).fields()).isEqualTo(form.fields());
    }

    @Test
    void aPlusIsASpaceAndAnEncodedPlusAPlus() {
        assertThat(Form.decode("a=1+%2B+2").first("a")).contains("1 + 2");
    }

    @Test
    void anEqualsSignMayBePartOfAValue() {
        assertThat(Form.decode("sig=abc==").first("sig")).contains("abc==");
    }

    @Test
    void firstSkipsBlankValues() {
        assertThat(Form.decode("a=&a=+&a=x").first("a")).contains("x");
        assertThat(Form.decode("a=").first("a")).isEmpty();
    }

    @Test
    void aQueryEndsAtTheFragment() {
        assertThat(Form.queryOf("https://example.com/cb?a=1&b=2#c=3").fields())
                .containsExactly(entry("a", "1"), entry("b", "2"));
        assertThat(Form.queryOf("https://example.com/cb").fields()).isEmpty();
        assertThat(Form.queryOf("https://example.com/cb#x?a=1").fields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "%zz=1"})
    void aBrokenEscapeIsRefusedWithoutRepeatingIt(String broken) {
        assertThatThrownBy(() -> Form.decode(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a form field is not percent-encoded as it should be")
                .hasNoCause();
    }

    @Test
    void noValueShowsInToString() {
        assertThat(Form.decode("To=%2B447700900123").toString()).isEqualTo("Form[1 fields]");
    }
}
