package io.github.smsdispatch.store.rules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as stores keep them: whole microseconds, which is what a database column holds. */
public final class StoreTime {
    static final Instant FIRST = Instant.parse("1970-01-01T00:00:01Z");
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
}
