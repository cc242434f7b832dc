package io.github.smsdispatch.testkit.provider;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the numbers of the tests in a text, however they are written: as a whole or their last six digits, with blanks,
 * dashes, dots or brackets between the digits, or behind a mask that leaves more than five. Five is what
 * {@link io.github.smsdispatch.PhoneNumber#toString} may leave: the longest country code and the last two digits.
 */
final class ShownNumber {
    /** What all of the test's recipients have in common, however the number is written around it. */
    private static final String NUMBERS = "7700900";

    private static final int MOST_SHOWN = 5;

    /** How a number of the tests may begin, up to the three digits that tell them apart. */
    private static final String[] BEGINNINGS = {"00447700900", "447700900", "07700900", NUMBERS};

    /** Random digits, in which a number would be found by accident. */
    private static final Pattern REFERENCE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Pattern LAST_DIGITS = Pattern.compile("(?<![0-9A-Za-z])900[0-9]{3}(?![0-9A-Za-z])");

    private static final Pattern MASK = Pattern.compile("\\.{3,}|…|[*•]+|[xX]{2,}");

    private static final Pattern BETWEEN = Pattern.compile("(?<=[0-9*])[ \\t\\u00a0\\u202f\\u2011().-]+(?=[0-9*])");

    private static final Pattern MASKED = Pattern.compile("([0-9]*)\\*+([0-9]*)");

    private ShownNumber() {}

    static boolean isIn(String shown) {
        String bare = REFERENCE.matcher(shown).replaceAll("?");
        bare = BETWEEN.matcher(MASK.matcher(bare).replaceAll("*")).replaceAll("");
        return bare.contains(NUMBERS)
                || LAST_DIGITS.matcher(bare).find()
                || MASKED.matcher(bare).results().anyMatch(ShownNumber::isTooMuch);
    }

    private static boolean isTooMuch(MatchResult masked) {
        String first = masked.group(1);
        String last = masked.group(2);
        return first.length() + last.length() > MOST_SHOWN && begins(first) && ends(last);
    }

    private static boolean begins(String digits) {
        for (String beginning : BEGINNINGS) {
            if (beginning.startsWith(digits)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a number of the tests may end so: with any three digits, and what comes before them. */
    private static boolean ends(String digits) {
        return digits.length() <= 3 || BEGINNINGS[0].endsWith(digits.substring(0, digits.length() - 3));
    }
}
