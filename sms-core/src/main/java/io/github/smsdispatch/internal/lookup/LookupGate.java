package io.github.smsdispatch.internal.lookup;

import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Health;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.store.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Whether the next look-up of an account may go: its health, and its pace. Thread-safe. */
public final class LookupGate {
    private final Health health;
    private final LookupPace pace;
    private final InstantSource clock;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** @param rate how many may go in a time; null: as many as the provider bears */
    public LookupGate(Health health, @Nullable Rate rate, InstantSource clock) {
        this.health = health;
        this.pace = new LookupPace(rate, clock);
        this.clock = clock;
    }

    /** Whether the account may be asked at all, apart from the pace. */
    public boolean isOpen() {
        return !health.availableAt().isAfter(clock.instant());
    }

    /** Whether it is taken for up; false while it is left alone or probed. */
    public boolean isUp() {
        return health.isUp();
    }

    /** Lets one go, if one may. */
    public boolean pass(int most, int underWay) {
        if (!isOpen() || !pace.heldBackFor().isZero() || health.allowance(most, underWay) == 0) {
            return false;
        }
        pace.went();
        inFlight.incrementAndGet();
        return true;
    }

    /** Says that one that was let go is over, or did not go after all. */
    public void over() {
        inFlight.decrementAndGet();
    }

    /** The health of the account, as far as look-ups tell. */
    public Health health() {
        return health;
    }

    /** Calls under way. */
    public int inFlight() {
        return inFlight.get();
    }

    /** For how long none may go; zero: as far as this gate is concerned, one may. */
    public Duration closedFor() {
        Duration byHealth = Durations.until(health.availableAt(), clock.instant());
        return byHealth.isZero() ? pace.heldBackFor() : byHealth;
    }

    /** How many may go in that time by the pace. */
    public int passes(Duration time) {
        return pace.in(time);
    }

    /** What a call says of the account: one call, one judgement, so that a batch that failed is one failure. */
    public void judge(List<LookupAnswer> answers, Instant began) {
        judge(Collections.max(answers, Comparator.comparingInt(LookupGate::gravity)), began);
    }

    /** What an answer says of the account. */
    public void judge(LookupAnswer answer, Instant began) {
        answer.fold(
                found -> answered(began),
                absent -> answered(began),
                unclear -> answered(began),
                failed -> isThrottle(failed) ? throttled(failed, began) : failed(failed));
    }

    private boolean answered(Instant began) {
        pace.taken(began);
        health.succeeded();
        return true;
    }

    private boolean throttled(LookupAnswer.Failed why, Instant began) {
        pace.throttled(began);
        health.throttled(why.retryAfter());
        return true;
    }

    private boolean failed(LookupAnswer.Failed why) {
        health.failed(why.detail());
        return true;
    }

    private static int gravity(LookupAnswer answer) {
        return answer.fold(found -> 0, absent -> 0, unclear -> 0, failed -> isThrottle(failed) ? 2 : 1);
    }

    /** Whether it says that the provider only wants to be left alone for a while. */
    public static boolean isThrottle(LookupAnswer answer) {
        return answer.fold(found -> false, absent -> false, unclear -> false, LookupGate::isThrottle);
    }

    /** Whether the provider only wants to be left alone for a while. */
    public static boolean isThrottle(LookupAnswer.Failed failed) {
        return failed.retryAfter() != null || "429".equals(failed.code());
    }
}
