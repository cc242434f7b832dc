package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/** Times as stores keep them: whole microseconds, which is what a database column holds. */
public final class StoreTime {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:01Z");
    private static final Instant LAST = Instant.parse("9998-12-31T23:59:59Z");

    private StoreTime() {}

    /** The time without what is smaller than a microsecond. */
    public static Instant of(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Whether a database can keep the time. */
    public static boolean canKeep(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    /**
     * Looks at the due times that callers chose.
     *
     * @throws IllegalArgumentException if no database can keep one of them
     */
    public static void check(Collection<Message> messages) {
        for (Message message : messages) {
            Instant dueAt = message.dueAt();
            if (dueAt != null && !canKeep(dueAt)) {
                throw new IllegalArgumentException("dueAt of message " + message.id() + " must be between " + FIRST
                        + " and " + LAST + ", but it is " + dueAt);
            }
        }
    }
}
