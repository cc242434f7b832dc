package io.github.smsdispatch.vonage;

import io.github.smsdispatch.PhoneNumber;

/** Numbers in what Vonage tells, which come without plus sign. */
final class Numbers {
    private Numbers() {}

    /** With plus sign where it can be a phone number; a short code or a name as it is. */
    static String written(String given) {
        try {
            return PhoneNumber.parse(given.startsWith("+") ? given : "+" + given)
                    .e164();
        } catch (IllegalArgumentException e) {
            return given;
        }
    }
}
