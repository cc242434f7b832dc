package io.github.smsdispatch.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What may be done to a text before it is sent")
class SmsTextTest {
    private static final String EMOJI = Character.toString(0x1F600);

    @Nested
    @DisplayName("Normalising")
    class Normalising {
        @ParameterizedTest(name = "{0} becomes {1}")
        @CsvSource({"e\u0301, \u00e9", "A\u030a, \u00c5", "\u2126, \u03a9", "\u212b, \u00c5", "plain, plain"})
        @DisplayName("composes what can be composed")
        void composes(String text, String normalised) {
            assertThat(SmsText.normalize(text)).isEqualTo(normalised);
        }

        @Test
        @DisplayName("changes nothing that a reader sees: no quotes, dashes, spaces or line ends")
        void keepsTheRest() {
            String text = " \u2018\u2014\u00a0\u2026\ufb01\u00bd\r\n\t" + EMOJI + " ";
            assertThat(SmsText.normalize(text)).isEqualTo(text);
        }

        @Test
        @DisplayName("refuses the empty text")
        void empty() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SmsText.normalize(""))
                    .withMessage("text is empty");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "a high surrogate at the end,           ab\ud83d,       3",
            "a high surrogate before a letter,      \ud83da,        1",
            "a low surrogate alone,                 a\ude00b,       2",
            "two high surrogates,                   \ud83d\ud83d\ude00, 1",
            "a low surrogate after a whole pair,    \ud83d\ude00\ude00, 3"
        })
        @DisplayName("refuses half a surrogate pair, which no encoding can carry, and says where it is")
        void unpairedSurrogates(String what, String text, int position) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SmsText.normalize(text))
                    .withMessage("text holds an unpaired surrogate at character " + position);
        }

        @Test
        @DisplayName("takes whole surrogate pairs wherever they stand")
        void wholePairs() {
            assertThat(SmsText.normalize(EMOJI + "a" + EMOJI + EMOJI)).isEqualTo(EMOJI + "a" + EMOJI + EMOJI);
        }
    }

    @Nested
    @DisplayName("Splitting")
    class Splitting {
        @ParameterizedTest(name = "{0} letters in messages of {1}")
        @CsvSource({"0, 1", "1, 1", "160, 1", "306, 2", "918, 6"})
        @DisplayName("leaves alone what fits")
        void fits(int letters, int maxSegments) {
            assertThat(SmsText.split("a".repeat(letters), maxSegments)).containsExactly("a".repeat(letters));
        }

        @Test
        @DisplayName("fills every message where there is no space to cut at")
        void withoutSpaces() {
            assertThat(SmsText.split("a".repeat(400), 1))
                    .containsExactly("a".repeat(160), "a".repeat(160), "a".repeat(80));
        }

        @Test
        @DisplayName("cuts behind the last space in the last third of a message, so that words stay whole")
        void atSpace() {
            String words = "a".repeat(120) + " " + "b".repeat(30) + " ";
            assertThat(SmsText.split(words + "c".repeat(30), 1)).containsExactly(words, "c".repeat(30));
        }

        @Test
        @DisplayName("does not waste two thirds of a message for the sake of a space")
        void spaceTooEarly() {
            String text = "a".repeat(106) + " " + "b".repeat(100);
            assertThat(SmsText.split(text, 1)).containsExactly(text.substring(0, 160), text.substring(160));
        }

        @Test
        @DisplayName("a text of 5,000 characters goes into six messages of six segments, none dropped")
        void longText() {
            String text = "0123456789".repeat(500);
            List<String> messages = SmsText.split(text, 6);
            assertThat(messages).hasSize(6);
            assertThat(messages.subList(0, 5))
                    .allSatisfy(message -> assertThat(message).hasSize(918));
            assertThat(String.join("", messages)).isEqualTo(text);
        }

        @Test
        @DisplayName("counts euro signs as two septets")
        void euroSigns() {
            assertThat(SmsText.split("\u20ac".repeat(100), 1))
                    .containsExactly("\u20ac".repeat(80), "\u20ac".repeat(20));
        }

        @Test
        @DisplayName("never cuts a surrogate pair, even if a message stays one unit short")
        void surrogatePairs() {
            String odd = "\u044f" + EMOJI.repeat(50);
            assertThat(SmsText.split(odd, 1)).containsExactly("\u044f" + EMOJI.repeat(34), EMOJI.repeat(16));
        }

        @Test
        @DisplayName("gives each message the encoding that its own characters need")
        void laterPartIsUcs2() {
            String text = "a".repeat(300) + "\u044f".repeat(10);
            List<String> messages = SmsText.split(text, 1);
            assertThat(messages.get(0)).hasSize(160);
            assertThat(Segments.of(messages.get(0)).encoding()).isEqualTo(Encoding.GSM_7);
            assertThat(messages.get(1)).hasSize(140);
            assertThat(Segments.of(messages.get(2)).encoding()).isEqualTo(Encoding.UCS_2);
            assertThat(String.join("", messages)).isEqualTo(text);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 256, Integer.MAX_VALUE})
        @DisplayName("refuses a number of segments that no message can have")
        void bounds(int maxSegments) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SmsText.split("a", maxSegments))
                    .withMessage("maxSegments must be 1 to 255, but is " + maxSegments);
        }

        @Test
        @DisplayName("allows as many segments as one octet can count")
        void largest() {
            assertThat(SmsText.split("a".repeat(255 * 153 + 1), 255)).containsExactly("a".repeat(255 * 153), "a");
        }

        @Test
        @Timeout(20)
        @DisplayName("takes time in proportion to the length: a million characters are no trouble")
        void manyCharacters() {
            String text = "a".repeat(1_000_000);
            assertThat(SmsText.split(text, 1)).hasSize(6_250);
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        @DisplayName("keeps its promises for texts of every mixture")
        void promises(long seed) {
            var random = new Random(seed);
            for (int run = 0; run < 100; run++) {
                String text = randomText(random);
                int maxSegments = 1 + random.nextInt(6);
                List<String> messages = SmsText.split(text, maxSegments);
                assertThat(String.join("", messages)).isEqualTo(text);
                for (int i = 0; i < messages.size(); i++) {
                    String message = messages.get(i);
                    assertThat(SmsText.normalize(message)).as("no half pair").isNotEmpty();
                    assertThat(Segments.of(message).count()).isBetween(1, maxSegments);
                    if (i + 1 < messages.size() && !message.endsWith(" ")) {
                        String next = messages.get(i + 1);
                        String oneMore = message + next.substring(0, next.offsetByCodePoints(0, 1));
                        assertThat(Segments.of(oneMore).count()).as("full").isGreaterThan(maxSegments);
                    }
                }
            }
        }

        private static String randomText(Random random) {
            String[] alphabet = {"a", "b", "c", " ", "\u20ac", "{", "\u00e7", "\u044f", EMOJI};
            // A prefix of the alphabet, so that many texts are pure GSM-7.
            int letters = 1 + random.nextInt(alphabet.length);
            var text = new StringBuilder();
            for (int left = 1 + random.nextInt(3_000); left > 0; left--) {
                text.append(alphabet[random.nextInt(letters)]);
            }
            return text.toString();
        }
    }
}
