package io.github.smsdispatch.internal;

import io.github.smsdispatch.store.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How fast calls go to an account from this process, hand-overs or look-ups: evenly, because a provider that counts by the
 * second refuses a burst that a minute would bear.
 *
 * <p>A rate that was set is kept. Without one nothing is held back until the provider says that it is too much: then its
 * limit is taken to be what it took in the second before. After a quiet minute a little more is tried, again and again, until
 * it says so once more; so a limit that was lifted, or was somebody else's doing, does not last. Thread-safe.
 */
public final class CallPace {
    /** Calls that leave evenly do not arrive so: what is left keeps them from meeting the limit. */
    private static final double SHARE = 0.975;

    /** A throttle at the learned pace says that it was learned wrong. */
    private static final double LESS = 0.9;

    private static final double MORE = 1.25;
    private static final double LEAST_PER_SECOND = 1;
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(10);

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final long SLOT_MILLIS = 20;
    private static final int SLOTS = 100;

    private final InstantSource clock;
    private final Duration late;
    private final boolean isSet;

    /** 0: nothing is held back. */
    private double perSecond;

    private Instant nextAt = Instant.MIN;

    /** When the first of the calls began that were too many; null: none since the pace was last changed. */
    private @Nullable Instant tooMany;

    private Instant changedAt = Instant.MIN;
    private Instant trialAt = Instant.MAX;

    /** How many were taken of those that began in a fiftieth of a second, by its number. */
    private final int[] taken = new int[SLOTS];

    private final long[] slots = new long[SLOTS];

    /**
     * @param rate null: what the provider bears
     * @param late who comes no later than this goes on where the last one ended, as a thread is never punctual: so many may go
     *     at once
     */
    public CallPace(@Nullable Rate rate, Duration late, InstantSource clock) {
        this.clock = clock;
        this.late = late;
        this.isSet = rate != null;
        this.perSecond =
                rate == null ? 0 : SHARE * rate.count() * 1e9 / rate.period().toNanos();
        Arrays.fill(slots, Long.MIN_VALUE);
    }

    /** For how long nothing may go; zero: something may. */
    public synchronized Duration heldBackFor() {
        learn();
        if (perSecond == 0) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        if (nextAt.isAfter(now.plus(interval()).plus(late).plus(WINDOW))) {
            nextAt = now; // the clock was set back, or the pace has grown
        }
        return nextAt.isAfter(now) ? Duration.between(now, nextAt) : Duration.ZERO;
    }

    /**
     * How many may go now.
     *
     * @param most how many would
     */
    public synchronized int mayGo(int most) {
        if (!heldBackFor().isZero()) {
            return 0;
        }
        return perSecond == 0
                ? most
                : (int) Math.min(
                        most, 1 + Duration.between(begin(), clock.instant()).toNanos() * perSecond / 1e9);
    }

    /** So many go. */
    public synchronized void went(int count) {
        if (perSecond > 0) {
            nextAt = begin().plus(interval().multipliedBy(count));
        }
    }

    /** Where those that go now go on. */
    private Instant begin() {
        Instant earliest = clock.instant().minus(late);
        return nextAt.isBefore(earliest) ? earliest : nextAt;
    }

    /** So many may be gone before long: more than these need not wait here. */
    public synchronized int in(Duration time) {
        return perSecond == 0
                ? Integer.MAX_VALUE
                : (int) Math.max(1, Math.min(Integer.MAX_VALUE, perSecond * time.toNanos() / 1e9));
    }

    /** So many were answered as they should be. */
    public synchronized void taken(int count, Instant began) {
        if (isSet) {
            return;
        }
        long slot = began.toEpochMilli() / SLOT_MILLIS;
        int place = (int) Math.floorMod(slot, (long) SLOTS);
        if (slots[place] != slot) {
            slots[place] = slot;
            taken[place] = 0;
        }
        taken[place] += count;
    }

    /** One was too many. */
    public synchronized void throttled(Instant began) {
        // One that began before the pace was changed says nothing of the pace that it has now.
        if (!isSet && began.isAfter(changedAt) && (tooMany == null || began.isBefore(tooMany))) {
            tooMany = began;
        }
    }

    /** Not before the next may go, so that the answers to all that were under way are counted. */
    private void learn() {
        Instant now = clock.instant();
        Instant since = tooMany;
        if (since != null) {
            slowDown(SHARE * takenSince(since.minus(WINDOW)));
            tooMany = null;
            changedAt = now;
            // Until then those count that were taken before.
            Instant free = since.plus(WINDOW);
            nextAt = free.isAfter(now) ? free : now;
            trialAt = now.plus(QUIET);
        } else if (!now.isBefore(trialAt)) {
            perSecond *= MORE;
            trialAt = now.plus(BETWEEN_TRIALS);
        }
    }

    /** @param limit 0: nothing was taken, which says that it wants to be left alone, but not what it bears */
    private void slowDown(double limit) {
        if (limit > 0 || perSecond > 0) {
            double slower = perSecond == 0 ? limit : LESS * perSecond;
            perSecond = Math.max(LEAST_PER_SECOND, limit == 0 ? slower : Math.min(limit, slower));
        }
    }

    private long takenSince(Instant since) {
        long first = since.toEpochMilli() / SLOT_MILLIS;
        long sum = 0;
        for (int place = 0; place < SLOTS; place++) {
            if (slots[place] >= first) {
                sum += taken[place];
            }
        }
        return sum;
    }

    private Duration interval() {
        return Duration.ofNanos((long) (1e9 / perSecond));
    }
}
