package io.github.smsdispatch.internal;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account is worth a try. Failsafe's circuit breaker counts; our clock decides when an open one is probed
 * again, so that it obeys virtual time. Thread-safe.
 *
 * <p>Damped: half of the last ten hand-overs, and at least five, must have failed before an account is left alone; then
 * a single message at a time is risked after each pause, and each failed probe doubles the pause.
 *
 * <p>A wish to be left alone is obeyed for a quarter of an hour at most: a wrong one must not stop an account for a day. If
 * it was for longer, the account is then tried with one message at a time until it takes one.
 */
public final class Health {
    private static final int SAMPLE = 10;
    private static final int FAILURES = 5;
    private static final Duration LONGEST_THROTTLE = Duration.ofMinutes(15);
    /** Failsafe wants a delay after which it half-opens by itself: never. */
    private static final Duration NEVER = Duration.ofDays(3650);

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Backoff outagePause;
    private final CircuitBreaker<Object> breaker = CircuitBreaker.builder()
            .withFailureThreshold(FAILURES, SAMPLE)
            .withSuccessThreshold(1)
            .withDelay(NEVER)
            .build();
    private int outages;
    private int throttles;
    /** Whether it is tried before the time it asked for is over. */
    private boolean tooEarly;

    private Instant closedUntil = Instant.MIN;
    private @Nullable String trouble;

    /** What was last told of it. */
    private boolean isLeftAlone;

    private volatile Watch watch = (up, why, availableAt) -> {};

    /** Hears of each change between up and down, outside the lock, on the thread that brought it about. */
    @FunctionalInterface
    public interface Watch {
        /** It is up or down now; {@code trouble} says why it is down, and is null once it is up. */
        void changed(boolean up, @Nullable String trouble, Instant availableAt);
    }

    public Health(InstantSource clock, RandomGenerator random, Backoff outagePause) {
        this.clock = clock;
        this.random = random;
        this.outagePause = outagePause;
    }

    /** Who is to be told; before that nobody is. */
    public void watchedBy(Watch value) {
        this.watch = value;
    }

    /** It answered as it should, be it with a no that concerns the message alone. */
    public void succeeded() {
        tell(this::noteSuccess);
    }

    /** It was not there, or its answer was lost. */
    public void failed(String what) {
        tell(() -> noteFailure(what));
    }

    /** It refused the account itself: no need to count. */
    public void refusedAccount(String what) {
        tell(() -> noteRefusal(what));
    }

    private void tell(Runnable note) {
        boolean before;
        boolean after;
        String why;
        Instant available;
        synchronized (this) {
            before = isLeftAlone;
            note.run();
            isLeftAlone = !breaker.isClosed();
            after = isLeftAlone;
            why = trouble;
            available = closedUntil;
        }
        if (before != after) {
            watch.changed(!after, why, available);
        }
    }

    private void noteSuccess() {
        breaker.recordSuccess();
        if (breaker.isClosed()) {
            outages = 0;
            throttles = 0;
            // Not for what was under way when it said so.
            tooEarly &= closedUntil.isAfter(clock.instant());
            trouble = null;
        }
    }

    private void noteFailure(String what) {
        trouble = what;
        if (breaker.isOpen()) {
            // It was under way when the account was given up; only a probe may lengthen the pause.
            return;
        }
        breaker.recordFailure();
        if (breaker.isOpen()) {
            pause();
        }
    }

    private void noteRefusal(String what) {
        trouble = what;
        if (!breaker.isOpen()) {
            breaker.open();
            pause();
        }
    }

    private void pause() {
        Instant until = clock.instant().plus(outagePause.after(outages++, random));
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
    }

    /** It asked to be left alone. */
    public synchronized void throttled(@Nullable Duration retryAfter) {
        Instant now = clock.instant();
        // What was under way when it first said so says nothing new: only a hand-over after the pause lengthens it.
        Duration own = closedUntil.isAfter(now) ? Duration.ZERO : outagePause.after(throttles++, random);
        Duration pause = retryAfter == null || retryAfter.isZero() ? own : retryAfter;
        tooEarly |= pause.compareTo(LONGEST_THROTTLE) > 0;
        Instant until = now.plus(Durations.min(pause, LONGEST_THROTTLE));
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
    }

    /** Whether it is taken for up; false while it is left alone because of failures, and while it is probed. */
    public synchronized boolean isUp() {
        return breaker.isClosed();
    }

    /** When it may be tried again; past if it may be now. */
    public synchronized Instant availableAt() {
        return closedUntil;
    }

    /** When it may be tried again, if that is to come; null: now. */
    public synchronized @Nullable Instant resumesAt() {
        return closedUntil.isAfter(clock.instant()) ? closedUntil : null;
    }

    /** How many hand-overs may be risked now, of which so many are under way already. */
    public synchronized int allowance(int most, int inFlight) {
        if (closedUntil.isAfter(clock.instant())) {
            return 0;
        }
        if (breaker.isClosed()) {
            return Math.max(0, (tooEarly ? 1 : most) - inFlight);
        }
        if (inFlight > 0) {
            return 0;
        }
        breaker.halfOpen();
        return 1;
    }

    /** The latest failure; null: none since it was last well. */
    public synchronized @Nullable String trouble() {
        return trouble;
    }
}
