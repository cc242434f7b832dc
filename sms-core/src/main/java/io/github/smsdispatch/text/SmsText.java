package io.github.smsdispatch.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** What may be done to a text before it is sent: normalising it, and cutting a long one into several messages. */
public final class SmsText {
    private SmsText() {}

    /**
     * The text in Unicode normalisation form C, which saves segments (e and a combining acute are UCS-2, the one
     * character é is GSM-7) and changes nothing that a reader sees.
     *
     * @throws IllegalArgumentException if the text is empty or holds an unpaired surrogate, which no encoding can carry
     */
    public static String normalize(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("text is empty");
        }
        for (int i = 0; i < text.length(); i++) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException("text holds an unpaired surrogate at character " + (i + 1));
            }
            if (Character.isSupplementaryCodePoint(codePoint)) {
                i++;
            }
        }
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /**
     * Cuts a text into several messages of at most {@code maxSegments} segments each, at a space where there is one in
     * the last third of a message, otherwise between two code points (so an emoji that is made of several may come apart).
     * Each message has the encoding that its own characters need. Six segments, 918 characters in GSM-7, is the
     * limit that many providers advise. Nothing is dropped: the pieces one after another are the text.
     *
     * @param maxSegments 1 to 255
     * @return the texts in order; the text alone if it fits
     * @throws IllegalArgumentException if maxSegments is out of range
     */
    public static List<String> split(String text, int maxSegments) {
        if (maxSegments < 1 || maxSegments > 255) {
            throw new IllegalArgumentException("maxSegments must be 1 to 255, but is " + maxSegments);
        }
        var messages = new ArrayList<String>();
        // Whatever the text, no more characters fit: counting this far is enough, and keeps a long text linear.
        int most = maxSegments == 1 ? Encoding.GSM_7.unitsAlone() : maxSegments * Encoding.GSM_7.unitsPerPart();
        int from = 0;
        while (true) {
            String head = text.substring(from, Math.min(text.length(), from + most + 1));
            if (Segments.of(head).count() <= maxSegments) {
                messages.add(head);
                return messages;
            }
            int end = longestPrefix(head, maxSegments);
            int space = head.lastIndexOf(' ', end - 1);
            int cut = space > end * 2 / 3 ? space + 1 : end;
            messages.add(head.substring(0, cut));
            from += cut;
        }
    }

    /** The longest prefix of whole characters that fits; found by halving, as adding a character never frees room. */
    private static int longestPrefix(String text, int maxSegments) {
        int fits = 0;
        int tooLong = text.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (Segments.of(text.substring(0, middle)).count() <= maxSegments) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return Character.isHighSurrogate(text.charAt(fits - 1)) ? fits - 1 : fits;
    }
}
