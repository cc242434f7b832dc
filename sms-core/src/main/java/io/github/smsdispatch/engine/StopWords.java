package io.github.smsdispatch.engine;

import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.InboundText;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words by which people say, in a text of nothing else, that they want no more texts, or want them again. Case does
 * not matter, nor do blanks and punctuation around the word: {@code "Stop!"} is a stop word, {@code "please stop"} is
 * not. Immutable.
 */
public final class StopWords {
    /** Longer texts are not looked at. */
    private static final int LONGEST = 100;

    /**
     * What Twilio takes for an opt-out by default (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out, read
     * 2026-11). Of its words for opting in again, YES is left out: people answer questions with it.
     */
    private static final StopWords COMMON = of(
            List.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
            List.of("START", "UNSTOP"));

    private static final StopWords NONE = of(List.of(), List.of());

    private final Map<String, Consent> words;

    private StopWords(Map<String, Consent> words) {
        this.words = Map.copyOf(words);
    }

    /**
     * The English words that carriers in North America ask for: STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE and
     * OPTOUT; START and UNSTOP take it back.
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
        stop.forEach(word -> words.put(checked(word), Consent.WITHDRAWN));
        start.forEach(word -> {
            if (words.put(checked(word), Consent.GIVEN) == Consent.WITHDRAWN) {
                throw new IllegalArgumentException("a word cannot both stop and start: " + word);
            }
        });
        return new StopWords(words);
    }

    private static String checked(String word) {
        String bare = bare(word);
        if (bare.isEmpty()) {
            throw new IllegalArgumentException(
                    "a stop word has letters or digits, and " + LONGEST + " of them at most");
        }
        return bare;
    }

    /** What the text says of consent; empty: nothing. A piece of a longer text says nothing by itself. */
    Optional<Consent> read(InboundText inbound) {
        InboundText.Part part = inbound.part();
        return part != null && part.total() > 1
                ? Optional.empty()
                : Optional.ofNullable(words.get(bare(inbound.text())));
    }

    /** Without what surrounds the first and the last letter or digit, in one case and one way of writing. */
    private static String bare(String text) {
        if (text.length() > LONGEST) {
            return "";
        }
        // Also turns full-width letters, which some keyboards write, into plain ones.
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        int[] points = plain.codePoints().toArray();
        int from = 0;
        int to = points.length;
        while (from < to && !isWordPart(points[from])) {
            from++;
        }
        while (to > from && !isWordPart(points[to - 1])) {
            to--;
        }
        return new String(points, from, to - from);
    }

    /** In many scripts a word may end in a mark. */
    private static boolean isWordPart(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
