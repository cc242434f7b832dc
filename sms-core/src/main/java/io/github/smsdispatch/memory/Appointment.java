package io.github.smsdispatch.memory;

import io.github.smsdispatch.MessageId;
import java.time.Instant;
import java.util.Comparator;

/** When to look at a message, in the order of time. */
record Appointment(Instant at, MessageId id) implements Comparable<Appointment> {
    private static final Comparator<Appointment> ORDER =
            Comparator.comparing(Appointment::at).thenComparing(Appointment::id);

    @Override
    public int compareTo(Appointment other) {
        return ORDER.compare(this, other);
    }
}
