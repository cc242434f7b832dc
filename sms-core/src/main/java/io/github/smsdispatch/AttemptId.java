package io.github.smsdispatch;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Our id of an attempt, made as a {@link MessageId} is, and the reference that goes to the provider with it (36 characters, within the 40 that every
 * supported provider allows): whatever carries it back belongs to this hand-over and no other.
 *
 * @param value the id
 */
public record AttemptId(UUID value) implements Comparable<AttemptId> {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new id from the system clock and a secure random source. */
    public static AttemptId create() {
        return create(InstantSource.system(), RANDOM);
    }

    /** A new id from the given clock and randomness, for tests that must repeat. */
    public static AttemptId create(InstantSource clock, RandomGenerator random) {
        return new AttemptId(Uuid7.next(clock, random));
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if the text is no UUID of 36 characters; the message does not repeat it
     */
    public static AttemptId parse(String text) {
        return new AttemptId(Uuid7.parse(text, "an attempt id"));
    }

    @Override
    public int compareTo(AttemptId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
