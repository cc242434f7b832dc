package io.github.smsdispatch.internal.lookup;

import io.github.smsdispatch.store.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How fast look-ups go to an account from this process: evenly, because a provider that counts by the second refuses a burst
 * that a minute would bear.
 *
 * <p>A rate that was set is kept. Without one nothing is held back until the provider says that it is too much: then its
 * limit is taken to be the most that it lately took in a second. After a quiet minute a little more is tried, again and again, until
 * it says so once more; so a limit that was lifted, or was somebody else's doing, does not last. Thread-safe.
 */
final class LookupPace {
    /** Calls that leave evenly do not arrive so: what is left keeps them from meeting the limit. */
    private static final double SHARE = 0.975;

    private static final double MORE = 1.25;
    private static final double LEAST_PER_SECOND = 1;
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(10);

    /** Who comes no later than this goes on where the last one ended: a thread is never punctual. */
    private static final Duration LATE = Duration.ofMillis(10);

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final long SLOT_MILLIS = 20;
    private static final int SLOTS_OF_WINDOW = 50;

    /** For so long it is remembered what was taken. */
    private static final int SLOTS = 15 * SLOTS_OF_WINDOW;

    private final InstantSource clock;
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

    /** @param rate null: what the provider bears */
    LookupPace(@Nullable Rate rate, InstantSource clock) {
        this.clock = clock;
        this.isSet = rate != null;
        this.perSecond =
                rate == null ? 0 : SHARE * rate.count() * 1e9 / rate.period().toNanos();
        Arrays.fill(slots, Long.MIN_VALUE);
    }

    /** For how long nothing may go; zero: something may. */
    synchronized Duration heldBackFor() {
        learn();
        if (perSecond == 0) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        if (nextAt.isAfter(now.plus(interval()).plus(LATE).plus(WINDOW))) {
            nextAt = now; // the clock was set back, or the pace has grown
        }
        return nextAt.isAfter(now) ? Duration.between(now, nextAt) : Duration.ZERO;
    }

    /** One goes. */
    synchronized void went() {
        if (perSecond > 0) {
            Instant late = clock.instant().minus(LATE);
            nextAt = (nextAt.isBefore(late) ? late : nextAt).plus(interval());
        }
    }

    /** So many may be gone before long: more than these need not wait here. */
    synchronized int in(Duration time) {
        return perSecond == 0
                ? Integer.MAX_VALUE
                : (int) Math.max(1, Math.min(Integer.MAX_VALUE, perSecond * time.toNanos() / 1e9));
    }

    /** A call was answered. */
    synchronized void taken(Instant began) {
        if (isSet) {
            return;
        }
        long slot = began.toEpochMilli() / SLOT_MILLIS;
        int place = (int) Math.floorMod(slot, (long) SLOTS);
        if (slots[place] != slot) {
            slots[place] = slot;
            taken[place] = 0;
        }
        taken[place]++;
    }

    /** A call was one too many. */
    synchronized void throttled(Instant began) {
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
            slowDown();
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

    /**
     * Not to what it took in the very second before: if it had been left alone until then, or refuses now and then whatever the
     * pace, that would be less than it bears, and less each time. Where it lately took nothing, it wants to be left alone, which
     * says nothing of what it bears.
     */
    private void slowDown() {
        long most = mostTakenInAWindow();
        if (most > 0) {
            perSecond = Math.max(LEAST_PER_SECOND, SHARE * most);
        }
    }

    private long mostTakenInAWindow() {
        long last = clock.instant().toEpochMilli() / SLOT_MILLIS;
        long first = last - SLOTS + 1;
        long sum = 0;
        long most = 0;
        for (long slot = first; slot <= last; slot++) {
            sum += takenIn(slot) - (slot - first < SLOTS_OF_WINDOW ? 0 : takenIn(slot - SLOTS_OF_WINDOW));
            most = Math.max(most, sum);
        }
        return most;
    }

    private int takenIn(long slot) {
        int place = (int) Math.floorMod(slot, (long) SLOTS);
        return slots[place] == slot ? taken[place] : 0;
    }

    private Duration interval() {
        return Duration.ofNanos((long) (1e9 / perSecond));
    }
}
