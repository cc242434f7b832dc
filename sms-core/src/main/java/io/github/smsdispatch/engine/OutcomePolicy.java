package io.github.smsdispatch.engine;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.internal.Health;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.SubmitOutcome.Refused;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.Claim;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the outcome of a hand-over means for the message: the table of the design, and the only place that knows it. A
 * refusal that another route may heal goes back to the queue at once, where the {@link Router} sees what happened. An
 * unknown outcome never does.
 */
final class OutcomePolicy {
    private static final Comparator<SubmitOutcome> GRAVITY =
            Comparator.comparingInt(OutcomePolicy::gravity).thenComparing(OutcomePolicy::retryAfter);

    private final EngineSettings settings;

    OutcomePolicy(EngineSettings settings) {
        this.settings = settings;
    }

    AttemptEnd endOf(Claim claim, AttemptId attempt, SubmitOutcome outcome, ProviderTraits traits) {
        return outcome.fold(
                accepted -> end(claim, attempt, outcome, MessageState.SENT, null, traits.receiptPatience()),
                refused -> refused(claim, attempt, refused),
                unknown -> end(claim, attempt, outcome, MessageState.IN_DOUBT, null, settings.doubtPatience()));
    }

    private static AttemptEnd refused(Claim claim, AttemptId attempt, Refused refused) {
        return switch (refused.reason()) {
            case RECIPIENT, CONTENT -> end(claim, attempt, refused, MessageState.REJECTED, null, Duration.ZERO);
            case OPTED_OUT -> end(claim, attempt, refused, MessageState.SUPPRESSED, null, Duration.ZERO);
            case SENDER, DESTINATION, ACCOUNT, UNAVAILABLE, RECIPIENT_BUSY ->
                end(claim, attempt, refused, MessageState.QUEUED, HoldReason.RETRY_LATER, Duration.ZERO);
            case THROTTLED -> end(claim, attempt, refused, MessageState.QUEUED, HoldReason.THROTTLED, Duration.ZERO);
        };
    }

    private static AttemptEnd end(
            Claim claim,
            AttemptId attempt,
            SubmitOutcome outcome,
            MessageState next,
            @Nullable HoldReason hold,
            Duration nextIn) {
        return new AttemptEnd(claim.message().id(), attempt, outcome, next, hold, nextIn);
    }

    /** What the outcomes of one call say of the account: the gravest of them, once, as one lost answer is one failure. */
    static void judge(Health health, List<SubmitOutcome> outcomes) {
        judge(health, Collections.max(outcomes, GRAVITY));
    }

    /** A wish to be left alone outweighs a lost answer: the one is to be obeyed at once, the other only counted. */
    private static int gravity(SubmitOutcome outcome) {
        return outcome.<Integer>fold(
                accepted -> 0,
                refused -> switch (refused.reason()) {
                    case RECIPIENT, RECIPIENT_BUSY, CONTENT, OPTED_OUT, SENDER, DESTINATION -> 0;
                    case UNAVAILABLE -> 1;
                    case THROTTLED -> 2;
                    case ACCOUNT -> 3;
                },
                unknown -> 1);
    }

    private static Duration retryAfter(SubmitOutcome outcome) {
        return outcome.<Duration>fold(
                accepted -> Duration.ZERO,
                refused -> refused.retryAfter() == null ? Duration.ZERO : refused.retryAfter(),
                unknown -> Duration.ZERO);
    }

    private static void judge(Health health, SubmitOutcome outcome) {
        outcome.fold(
                accepted -> {
                    health.succeeded();
                    return true;
                },
                refused -> {
                    switch (refused.reason()) {
                        case RECIPIENT, RECIPIENT_BUSY, CONTENT, OPTED_OUT, SENDER, DESTINATION -> health.succeeded();
                        case THROTTLED -> health.throttled(refused.retryAfter());
                        case UNAVAILABLE -> health.failed(refused.detail());
                        case ACCOUNT -> health.refusedAccount(refused.detail());
                    }
                    return true;
                },
                unknown -> {
                    health.failed(unknown.detail());
                    return true;
                });
    }
}
