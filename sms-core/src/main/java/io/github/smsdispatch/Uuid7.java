package io.github.smsdispatch;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** UUIDs of version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 random bits; they sort by time. */
final class Uuid7 {
    /** UUID.fromString also reads 1-1-1-1-1, and would not write it so again. */
    private static final Pattern WRITTEN = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Uuid7() {}

    static UUID next(InstantSource clock, RandomGenerator random) {
        long millis = clock.millis();
        long high = (millis << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    static UUID parse(String text, String what) {
        if (!WRITTEN.matcher(text).matches()) {
            // Not repeated: what ends up here by mistake may be a phone number.
            throw new IllegalArgumentException(what + " is a UUID of 8-4-4-4-12 hexadecimal digits, but this text of "
                    + text.length() + " characters is none");
        }
        return UUID.fromString(text);
    }
}
