package io.github.smsdispatch;

import java.util.regex.Pattern;

/**
 * Who a text comes from, as the recipient sees it: a number, a short code, or up to 11 alphanumeric characters
 * (3GPP TS 23.040 section 9.1.2.5). A message without a sender goes out with the default of the provider account.
 */
public final class Sender {
    /** The three forms of a sender. */
    public enum Kind {
        /** A phone number in E.164 form. */
        NUMBER,
        /** Three to eight digits that only operators of one country understand. */
        SHORT_CODE,
        /** A name of up to 11 ASCII letters, digits, spaces and {@code . _ & ' + -}; nobody can reply to it. */
        ALPHANUMERIC
    }

    private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,8}");
    private static final Pattern NAME = Pattern.compile("[\\p{Alnum} ._&'+-]{1,11}");

    private final Kind kind;
    private final String value;

    private Sender(Kind kind, String value) {
        this.kind = kind;
        this.value = value;
    }

    /**
     * Reads a sender: {@code +} begins a number, digits alone are a short code, the rest is a name.
     *
     * @throws IllegalArgumentException if it is none of the three
     */
    public static Sender of(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("+")) {
            return new Sender(Kind.NUMBER, PhoneNumber.parse(trimmed).e164());
        }
        if (SHORT_CODE.matcher(trimmed).matches()) {
            return new Sender(Kind.SHORT_CODE, trimmed);
        }
        if (NAME.matcher(trimmed).matches()
                && trimmed.chars().anyMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
            return new Sender(Kind.ALPHANUMERIC, trimmed);
        }
        throw new IllegalArgumentException(
                "a sender is a number with + and country code, a short code of 3 to 8 digits,"
                        + " or a name of 1 to 11 characters of A-Z a-z 0-9 . _ & ' + - and space, with at least one letter");
    }

    /** Which of the three forms it is. */
    public Kind kind() {
        return kind;
    }

    /** The sender as it goes on the wire; a number has its plus sign. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sender that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The name or short code as it is; a number is masked. */
    @Override
    public String toString() {
        return kind == Kind.NUMBER ? PhoneNumber.parse(value).toString() : value;
    }
}
