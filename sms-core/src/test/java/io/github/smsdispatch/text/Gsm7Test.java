package io.github.smsdispatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The GSM 7-bit alphabet")
class Gsm7Test {
    /** 3GPP TS 23.038 table 6.2.1, by kind rather than by code so that it is not a copy of the code under test. */
    private static final String DEFAULT_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            + "abcdefghijklmnopqrstuvwxyz"
            + "0123456789"
            + "\n\r !\"#%&'()*+,-./:;<=>?"
            + "@$_"
            + "\u00a3\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\u00d8\u00f8\u00c5\u00e5\u00c6\u00e6\u00df\u00c9"
            + "\u00a4\u00a1\u00c4\u00d6\u00d1\u00dc\u00a7\u00bf\u00e4\u00f6\u00f1\u00fc\u00e0"
            + "\u0394\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e";

    /** Table 6.2.1.1. */
    private static final String EXTENSION = "\f^{}\\[~]|\u20ac";

    @Test
    @DisplayName("has 127 characters of one septet and 10 of two; no other of the 65,536 is in it")
    void wholeAlphabet() {
        Map<Character, Integer> expected = new TreeMap<>();
        DEFAULT_ALPHABET.chars().forEach(c -> expected.put((char) c, 1));
        EXTENSION.chars().forEach(c -> expected.put((char) c, 2));
        assertThat(expected).hasSize(127 + 10);

        Map<Character, Integer> found = new TreeMap<>();
        for (int c = Character.MIN_VALUE; c <= Character.MAX_VALUE; c++) {
            if (Gsm7.septets((char) c) != 0) {
                found.put((char) c, Gsm7.septets((char) c));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest(name = "U+{0}")
    @ValueSource(
            strings = {
                "0060", "0009", "001B", "007F", "00A0", "00E7", "00EA", "00E1", "00C1", "0391", "2019", "2013", "2026",
                "200B", "2126", "212B", "20A6", "20B5", "044F", "0643", "1200"
            })
    @DisplayName("does not have characters that look as if it did, or that people often type")
    void commonNonMembers(String hex) {
        String text = Character.toString(Integer.parseInt(hex, 16));
        assertThat(Segments.of(text).encoding()).isEqualTo(Encoding.UCS_2);
    }
}
