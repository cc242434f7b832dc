package io.github.smsdispatch;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Our id of a message. Those made here are UUIDs of version 7 (RFC 9562), so that they sort by the millisecond in which
 * they were made; a caller may bring any UUID.
 *
 * @param value the id
 */
public record MessageId(UUID value) implements Comparable<MessageId> {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new id from the system clock and a secure random source. */
    public static MessageId create() {
        return create(InstantSource.system(), RANDOM);
    }

    /** A new id from the given clock and randomness, for tests that must repeat. */
    public static MessageId create(InstantSource clock, RandomGenerator random) {
        return new MessageId(Uuid7.next(clock, random));
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if the text is no UUID of 36 characters; the message does not repeat it
     */
    public static MessageId parse(String text) {
        return new MessageId(Uuid7.parse(text, "a message id"));
    }

    @Override
    public int compareTo(MessageId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
