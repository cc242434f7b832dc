package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.SubmitOutcome.Cost;
import io.github.smsdispatch.store.PastAttempt.Result;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a hand-over ended, or that it has not.
 *
 * @param result how it ended
 * @param reason why it was refused; of one that was taken, why it was not delivered, if its message was handed over again for
 *     that; null otherwise
 * @param code the provider's code; null where it gave none
 * @param retryAfter how long the provider wants to be left alone with it, in whole seconds; null where it did not say
 * @param cost what it costs; null where the provider did not say
 * @param endedAt when it ended; null while it is under way
 */
public record Ending(
        Result result,
        @Nullable FailureReason reason,
        @Nullable String code,
        @Nullable Duration retryAfter,
        @Nullable Cost cost,
        @Nullable Instant endedAt) {
    /** Cuts a code that is too long, and rounds a pause up: no store keeps it more exactly. */
    public Ending {
        retryAfter = retryAfter == null
                ? null
                : Duration.ofSeconds(retryAfter.plusNanos(999_999_999).toSeconds());
        code = Why.cut(code, Why.MAX_CODE);
    }

    static final Ending OPEN = new Ending(Result.OPEN, null, null, null, null, null);

    static Ending of(Result result, Instant at) {
        return new Ending(result, null, null, null, null, at);
    }

    static Ending of(SubmitOutcome outcome, Instant at) {
        return outcome.fold(
                accepted -> new Ending(Result.ACCEPTED, null, null, null, accepted.cost(), at),
                refused -> new Ending(Result.REFUSED, refused.reason(), refused.code(), refused.retryAfter(), null, at),
                unknown -> new Ending(Result.UNKNOWN, null, unknown.code(), null, null, at));
    }

    Ending because(@Nullable FailureReason why) {
        return new Ending(result, why, code, retryAfter, cost, endedAt);
    }

    /** Whether this is at least as good to know as the other: proof of a hand-over is never lost to a doubt. */
    boolean supersedes(Ending other) {
        return weight(result) >= weight(other.result);
    }

    private static int weight(Result result) {
        return switch (result) {
            case OPEN -> 0;
            case UNKNOWN -> 1;
            case REFUSED -> 2;
            case ACCEPTED -> 3;
        };
    }
}
