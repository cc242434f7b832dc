package io.github.smsdispatch.store.rules;

/**
 * Text that a provider sent, as a store can keep it: no longer than its column, and without half a surrogate pair, which
 * UTF-8 cannot hold, so that a database would give back another text than it got.
 */
public final class KeptText {
    private static final char REPLACEMENT = '\uFFFD';

    private KeptText() {}

    /**
     * The text, at most so many UTF-16 code units of it, no character cut in two, U+FFFD in place of each unpaired
     * surrogate.
     */
    public static String of(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, endOfCharacter(text, most));
        return cut.chars().anyMatch(unit -> Character.isSurrogate((char) unit)) ? paired(cut) : cut;
    }

    private static int endOfCharacter(String text, int most) {
        boolean cutsPair =
                Character.isHighSurrogate(text.charAt(most - 1)) && Character.isLowSurrogate(text.charAt(most));
        return cutsPair ? most - 1 : most;
    }

    private static String paired(String text) {
        var clean = new StringBuilder(text.length());
        // A code point that is a surrogate by itself has no partner.
        text.codePoints()
                .forEach(point ->
                        clean.appendCodePoint(Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point));
        return clean.toString();
    }
}
