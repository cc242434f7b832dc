package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.store.PermitRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the hand-overs of an account are reserved: one time, at which the next may begin. Whoever asks gets it and moves
 * it on by what the request takes at its rate (the generic cell rate algorithm in its virtual scheduling form, ITU-T I.371).
 *
 * @param askedAt when a request last moved it; later than now: the clock was set back
 * @param nextAt when the next may begin, in whole microseconds
 * @param part and so many parts of a microsecond later, so that no remainder is lost; below {@code parts}
 * @param parts how many of them make a microsecond
 */
public record Pace(Instant askedAt, Instant nextAt, int part, int parts) {
    /** Who asks no later than this after the next may begin goes on where the last one ended: a loop is never punctual. */
    public static final Duration LATE = Duration.ofMillis(100);

    /** The pace after a request, and how long that has to wait: zero or positive. */
    public record Reservation(Pace pace, Duration in) {}

    /**
     * Puts a request behind all that is reserved.
     *
     * @param before null: nobody has asked so far
     */
    public static Reservation reserve(@Nullable Pace before, PermitRequest request, Instant now) {
        Pace start = before == null
                ? fresh(now)
                : before.at(now).measuredIn(request.rate().count());
        Instant begin = start.part == 0 ? start.nextAt : start.nextAt.plus(1, ChronoUnit.MICROS);
        Duration in = begin.isAfter(now) ? Duration.between(now, begin) : Duration.ZERO;
        return new Reservation(start.plus(request, now), in);
    }

    private static Pace fresh(Instant now) {
        return new Pace(now, now, 0, 1);
    }

    private Pace at(Instant now) {
        // A clock that was set back takes with it what is reserved: nobody waits for the time to come round again.
        Instant free = askedAt.isAfter(now) ? nextAt.minus(Duration.between(now, askedAt)) : nextAt;
        return free.isBefore(now.minus(LATE)) ? fresh(now) : new Pace(now, free, part, parts);
    }

    private Pace measuredIn(int count) {
        return part == 0 || parts == count ? this : new Pace(askedAt, nextAt.plus(1, ChronoUnit.MICROS), 0, count);
    }

    private Pace plus(PermitRequest request, Instant now) {
        int count = request.rate().count();
        // Below 2^57: a million hand-overs, a day, and less than a microsecond.
        long sum = part + request.count() * (request.rate().period().toNanos() / 1_000);
        return new Pace(now, nextAt.plus(sum / count, ChronoUnit.MICROS), (int) (sum % count), count);
    }
}
