package io.github.smsdispatch.text;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("How a text is cut into segments")
class SegmentsTest {
    private static final Pattern TOKEN =
            Pattern.compile("(?:(\\d+)\\*)?(?:\\(([^)]*)\\)|U\\+(\\p{XDigit}+)|\"([^\"]*)\")");

    /**
     * Strings at every edge of 3GPP TS 23.038 and 23.040; each was also counted by public calculators, and where they
     * differ the standard decides (E01, E12, E13, E28, E29, E41).
     */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
            E01 | ""                                                                       | GSM_7 |   0 |
            E02 | 160*U+0061                                                               | GSM_7 | 160 | 160
            E03 | 161*U+0061                                                               | GSM_7 | 161 | 153 8
            E04 | 306*U+0061                                                               | GSM_7 | 306 | 153 153
            E05 | 307*U+0061                                                               | GSM_7 | 307 | 153 153 1
            E06 | 918*U+0061                                                               | GSM_7 | 918 | 6x153
            E07 | 919*U+0061                                                               | GSM_7 | 919 | 6x153 1
            E08 | 80*U+20AC                                                                | GSM_7 | 160 | 160
            E09 | 81*U+20AC                                                                | GSM_7 | 162 | 152 10
            E10 | 158*U+0061 U+005E                                                        | GSM_7 | 160 | 160
            E11 | 159*U+0061 U+005E                                                        | GSM_7 | 161 | 153 8
            E12 | 152*U+0061 U+005E 152*U+0061                                             | GSM_7 | 306 | 152 153 1
            E13 | 153*U+007B                                                               | GSM_7 | 306 | 152 152 2
            E14 | 304*U+0061 U+005B U+005D                                                 | GSM_7 | 308 | 153 153 2
            E15 | U+000C 158*U+0061                                                        | GSM_7 | 160 | 160
            E16 | 80*(U+000D U+000A)                                                       | GSM_7 | 160 | 160
            E17 | 81*(U+000D U+000A)                                                       | GSM_7 | 162 | 153 9
            E18 | 160*U+00C7                                                               | GSM_7 | 160 | 160
            E19 | 70*U+00E7                                                                | UCS_2 |  70 | 70
            E20 | 71*U+00E7                                                                | UCS_2 |  71 | 67 4
            E21 | 159*U+0061 U+2019                                                        | UCS_2 | 160 | 67 67 26
            E22 | 134*U+044F                                                               | UCS_2 | 134 | 67 67
            E23 | 135*U+044F                                                               | UCS_2 | 135 | 67 67 1
            E24 | 402*U+044F                                                               | UCS_2 | 402 | 6x67
            E25 | 403*U+044F                                                               | UCS_2 | 403 | 6x67 1
            E26 | 35*U+1F600                                                               | UCS_2 |  70 | 70
            E27 | 36*U+1F600                                                               | UCS_2 |  72 | 66 6
            E28 | 66*U+044F U+1F600 66*U+044F                                              | UCS_2 | 134 | 66 67 1
            E29 | 65*U+044F U+1F3F3 U+FE0F U+200D U+1F308 63*U+044F                        | UCS_2 | 134 | 67 67
            E30 | U+0065 U+0301 69*U+0061                                                  | UCS_2 |  71 | 67 4
            E31 | U+00E9 69*U+0061                                                         | GSM_7 |  70 | 70
            E32 | U+0391 U+0394                                                            | UCS_2 |   2 | 2
            E33 | 16*(U+0394 U+03A6 U+0393 U+039B U+03A9 U+03A0 U+03A8 U+03A3 U+0398 U+039E) | GSM_7 | 160 | 160
            E34 | U+0060                                                                   | UCS_2 |   1 | 1
            E35 | U+0061 U+0009 U+0062                                                     | UCS_2 |   3 | 3
            E36 | U+D83D U+0061                                                            | UCS_2 |   2 | 2
            E37 | U+1F600 68*U+005D                                                        | UCS_2 |  70 | 70
            E38 | U+1F600 69*U+005D                                                        | UCS_2 |  71 | 67 4
            E39 | 71*U+0643                                                                | UCS_2 |  71 | 67 4
            E40 | "Tafadhali thibitisha miadi yako: KSh 1,500 @ 10:00."                    | GSM_7 |  51 | 51
            E41 | 152*U+0061 U+005E 764*U+0061                                             | GSM_7 | 918 | 152 5x153 1
            E42 | "R" U+00E9 "ponse re" U+00E7 "ue"                                        | UCS_2 |  13 | 13
            """)
    void segments(String id, String notation, Encoding encoding, int units, String parts) {
        Segments segments = Segments.of(text(notation));
        assertThat(segments.encoding()).isEqualTo(encoding);
        assertThat(segments.units()).isEqualTo(units);
        assertThat(segments.parts()).isEqualTo(parts(parts));
        assertThat(segments.count()).isEqualTo(parts(parts).size());
    }

    @Test
    @DisplayName("a composed letter is one septet where its decomposed form makes the whole text UCS-2")
    void normalisingSavesSegments() {
        String decomposed = text("U+0065 U+0301 69*U+0061");
        assertThat(SmsText.normalize(decomposed)).isEqualTo(text("U+00E9 69*U+0061"));
        assertThat(Segments.of(decomposed).count()).isEqualTo(2);
        assertThat(Segments.of(SmsText.normalize(decomposed)).count()).isEqualTo(1);
    }

    @Test
    @DisplayName("the parts of a segmentation are a copy that nobody can change")
    void immutable() {
        var parts = new ArrayList<>(List.of(153, 8));
        var segments = new Segments(Encoding.GSM_7, parts);
        parts.clear();
        assertThat(segments.parts()).containsExactly(153, 8).isUnmodifiable();
    }

    @ParameterizedTest(name = "{0} with parts of {1} units")
    @CsvSource({"GSM_7, 161", "GSM_7, 0", "GSM_7, 154 1", "UCS_2, 71", "UCS_2, 67 -1", "UCS_2, 68 2"})
    @DisplayName("parts that no segment can hold are refused")
    void impossibleParts(Encoding encoding, String parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Segments(encoding, parts(parts)))
                .withMessageContaining("units");
    }

    /** Reads {@code 3*U+0061 2*(U+000D U+000A) "abc"}. */
    private static String text(String notation) {
        return TOKEN.matcher(notation)
                .results()
                .map(token -> {
                    String what = token.group(2) != null
                            ? text(token.group(2))
                            : token.group(3) != null
                                    ? Character.toString(Integer.parseInt(token.group(3), 16))
                                    : token.group(4);
                    return what.repeat(token.group(1) == null ? 1 : Integer.parseInt(token.group(1)));
                })
                .collect(joining());
    }

    /** Reads {@code 6x153 1}. */
    private static List<Integer> parts(String notation) {
        var parts = new ArrayList<Integer>();
        for (String token : notation == null ? new String[0] : notation.split(" ", -1)) {
            int times = token.indexOf('x');
            parts.addAll(Collections.nCopies(
                    times < 0 ? 1 : Integer.parseInt(token.substring(0, times)),
                    Integer.valueOf(token.substring(times + 1))));
        }
        return parts;
    }
}
