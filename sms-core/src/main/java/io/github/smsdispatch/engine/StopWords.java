package io.github.smsdispatch.engine;

import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.InboundText;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words by which people say, in a text of nothing else, that they want no more texts, or want them again. Case does
 * not matter, nor does what is no letter or digit, such as blanks, punctuation and emoji: {@code "Stop!"} is a stop word,
 * {@code "please stop"} is not. A word that is given in several, as {@code "OPT OUT"}, may also be written in one, or with
 * other signs in between. Immutable.
 */
public final class StopWords {
    /** Longer texts are not looked at. */
    private static final int LONGEST = 100;

    /**
     * What Twilio takes for an opt-out by default (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out, read
     * 2026-11). Of its words for opting in again, YES is left out: people answer questions with it.
     */
    private static final StopWords COMMON = of(
            List.of("STOP", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPT OUT"),
            List.of("START", "UNSTOP"));

    private static final StopWords NONE = of(List.of(), List.of());

    private final Map<String, Consent> words;

    private StopWords(Map<String, Consent> words) {
        this.words = Map.copyOf(words);
    }

    /**
     * The English words that carriers in North America ask for: STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE and
     * OPTOUT, the compound ones also in two words; START and UNSTOP take it back.
     */
    public static StopWords common() {
        return COMMON;
    }

    /** No text is a stop word. */
    public static StopWords none() {
        return NONE;
    }

    /**
     * Other words, in any case.
     *
     * @param stop withdraw consent
     * @param start give it back
     * @throws IllegalArgumentException if a word holds no letter or digit, has more than 100 UTF-16 code units, or is among
     *     both
     */
    public static StopWords of(Collection<String> stop, Collection<String> start) {
        Map<String, Consent> words = new HashMap<>();
        stop.forEach(word -> forms(word).forEach(form -> words.put(form, Consent.WITHDRAWN)));
        start.forEach(word -> forms(word).forEach(form -> {
            if (words.put(form, Consent.GIVEN) == Consent.WITHDRAWN) {
                throw new IllegalArgumentException("a word cannot both stop and start: " + word);
            }
        }));
        return new StopWords(words);
    }

    /** As it is given, and in one word. */
    private static Set<String> forms(String word) {
        String bare = bare(word);
        if (bare.isEmpty()) {
            throw new IllegalArgumentException(
                    "a stop word has letters or digits, and " + LONGEST + " of them at most");
        }
        return new HashSet<>(List.of(bare, bare.replace(" ", "")));
    }

    /** What the text says of consent; empty: nothing. A piece of a longer text says nothing by itself. */
    Optional<Consent> read(InboundText inbound) {
        InboundText.Part part = inbound.part();
        return part != null && part.total() > 1
                ? Optional.empty()
                : Optional.ofNullable(words.get(bare(inbound.text())));
    }

    /** Letters and digits alone, in one case and one way of writing; one blank for whatever is between them. */
    private static String bare(String text) {
        if (text.length() > LONGEST) {
            return "";
        }
        // Also turns full-width letters, which some keyboards write, into plain ones.
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        var bare = new StringBuilder(plain.length());
        boolean inWord = false;
        for (int point : plain.codePoints().toArray()) {
            if (isInvisible(point)) {
                continue;
            }
            boolean isLetter = Character.isLetterOrDigit(point);
            if (isLetter && !inWord && !bare.isEmpty()) {
                bare.append(' ');
            }
            inWord = isLetter || (inWord && isMark(point));
            if (inWord) {
                bare.appendCodePoint(point);
            }
        }
        return bare.toString();
    }

    /** Belongs to the letter before it, in many scripts. */
    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** Joiners, marks of direction and the like, and variation selectors, with which emoji and some letters are written. */
    private static boolean isInvisible(int point) {
        return Character.getType(point) == Character.FORMAT
                || (point >= 0xFE00 && point <= 0xFE0F)
                || (point >= 0xE0100 && point <= 0xE01EF);
    }
}
