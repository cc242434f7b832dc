package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.PermitRequest;
import io.github.smsdispatch.store.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * This node's part in the rate of an account. It reserves at the store what it will soon begin, a tenth of a second's worth at
 * most, so that even a fast account costs about ten small transactions a second, and one where nothing waits none. What was
 * reserved and cannot be used dies a moment later, so that it is not added to what comes then. Only the dispatch loop
 * touches it.
 */
final class Permits {
    /** What is reserved at a time, and how long that is good for where nothing waits for it. */
    static final Duration AHEAD = Duration.ofMillis(100);

    /** So that a node which begins has its share after two or three requests. */
    private static final int GROWTH = 4;

    private static final Duration LEAST_MEASURED = Duration.ofMillis(1);

    private final MessageStore store;
    private final ProviderAccount account;
    private final Rate rate;
    private final InstantSource clock;
    private final int most;

    /** Reserved and not used. */
    private int held;

    private int reserved;
    private int used;
    private Instant askedAt = Instant.EPOCH;
    private Instant usableAt = Instant.EPOCH;

    Permits(MessageStore store, ProviderAccount account, Rate rate, InstantSource clock) {
        this.store = store;
        this.account = account;
        this.rate = rate;
        this.clock = clock;
        this.most = Math.min(PermitRequest.MOST, rate.in(AHEAD));
    }

    /**
     * How many hand-overs may begin now.
     *
     * @param known how many wait at least
     * @param most how many there is room for
     */
    int permitted(int known, int most) {
        if (known <= 0 || most <= 0) {
            forgetWhatIsOld();
            return 0;
        }
        if (held == 0) {
            reserve(Math.min(known, most));
        }
        return isUsable() ? Math.min(held, most) : 0;
    }

    /** So many were begun, of those permitted. */
    void use(int count) {
        held -= count;
        used += count;
    }

    /** For how long nothing may begin; zero: something may. */
    Duration heldBackFor() {
        return held > 0 && !isUsable() ? Duration.between(clock.instant(), usableAt) : Duration.ZERO;
    }

    private void reserve(int known) {
        int count = Math.min(most, Math.max(known, forecast()));
        Duration in = store.reserve(new PermitRequest(account, rate, count));
        held = count;
        reserved = count;
        used = 0;
        askedAt = clock.instant();
        usableAt = askedAt.plus(in);
    }

    /** Several times as many if all were used, as there may be more; otherwise as many as were lately begun in as much time. */
    private int forecast() {
        if (used == reserved) {
            return GROWTH * reserved;
        }
        Duration since = Durations.max(Duration.between(askedAt, clock.instant()), LEAST_MEASURED);
        return (int) Math.min((double) used * AHEAD.toNanos() / since.toNanos(), reserved);
    }

    /** A clock that was set back must not make it wait. */
    private boolean isUsable() {
        Instant now = clock.instant();
        return !now.isBefore(usableAt) || now.isBefore(askedAt);
    }

    private void forgetWhatIsOld() {
        if (clock.instant().isAfter(usableAt.plus(AHEAD))) {
            held = 0;
        }
    }
}
