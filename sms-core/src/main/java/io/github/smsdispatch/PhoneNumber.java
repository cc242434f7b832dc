package io.github.smsdispatch;

import java.util.Set;

/**
 * A phone number in international form (ITU-T E.164): {@code +}, country calling code, national number; 7 to 15 digits.
 * Reading is strict on purpose: a national number such as {@code 07700 900123} depends on a country that this library
 * does not know, and guessing sends a text to a stranger. Callers who must accept national numbers convert them first.
 *
 * <p>{@link #toString} masks the number; {@link #e164} shows it.
 */
public final class PhoneNumber implements Comparable<PhoneNumber> {
    /** ITU-T E.164 (11/2010) section 6.1: at most 15 digits. The shortest in use have 7 (Niue, +683 and four digits). */
    private static final int MIN_DIGITS = 7;

    private static final int MAX_DIGITS = 15;

    /** The two-digit country codes of ITU-T E.164.D; zones 1 and 7 have one digit, all others three. */
    private static final Set<String> TWO_DIGIT_CODES = Set.of(
            "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
            "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
            "86", "90", "91", "92", "93", "94", "95", "98");

    private final String digits;

    private PhoneNumber(String digits) {
        this.digits = digits;
    }

    /**
     * Reads a number in international form. Spaces, hyphens, dots and round brackets between the digits are skipped
     * (ITU-T E.123 notation). A trunk prefix in brackets, as in {@code +44 (0)7700 900123}, is refused: it is dialled
     * within the country only, and would make another number.
     *
     * @throws IllegalArgumentException if it is no E.164 number; the message says why without repeating the number
     */
    public static PhoneNumber parse(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("+")) {
            throw new IllegalArgumentException("a phone number must begin with + and the country code (E.164)");
        }
        if (trimmed.contains("(0)")) {
            throw new IllegalArgumentException(
                    "leave out the (0) of a phone number: it is dialled within the country only");
        }
        var digits = new StringBuilder(MAX_DIGITS);
        for (int i = 1; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (" -.()\u00a0".indexOf(c) < 0) {
                throw new IllegalArgumentException(
                        "a phone number may hold digits and separators only, but character " + (i + 1) + " is neither");
            }
        }
        if (digits.length() < MIN_DIGITS || digits.length() > MAX_DIGITS) {
            throw new IllegalArgumentException("a phone number has " + MIN_DIGITS + " to " + MAX_DIGITS
                    + " digits (E.164), but this one has " + digits.length());
        }
        if (digits.charAt(0) == '0') {
            throw new IllegalArgumentException("no country code begins with 0");
        }
        return new PhoneNumber(digits.toString());
    }

    /** The number with its plus sign, for the wire and for the database: {@code +447700900123}. */
    public String e164() {
        return "+" + digits;
    }

    /** The number without plus sign: {@code 447700900123}. */
    public String digits() {
        return digits;
    }

    /** The country calling code, one to three digits: {@code 1}, {@code 44}, {@code 254}. */
    public String callingCode() {
        char zone = digits.charAt(0);
        if (zone == '1' || zone == '7') {
            return digits.substring(0, 1);
        }
        return digits.substring(0, TWO_DIGIT_CODES.contains(digits.substring(0, 2)) ? 2 : 3);
    }

    @Override
    public int compareTo(PhoneNumber other) {
        return digits.compareTo(other.digits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneNumber that && digits.equals(that.digits);
    }

    @Override
    public int hashCode() {
        return digits.hashCode();
    }

    /** The number with all but its country code and last two digits hidden: {@code +44********23}. */
    @Override
    public String toString() {
        String code = callingCode();
        int hidden = digits.length() - code.length() - 2;
        return "+" + code + "*".repeat(Math.max(0, hidden)) + digits.substring(digits.length() - 2);
    }
}
