package io.github.smsdispatch.engine;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.SubmitOutcome.Refused;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.Claim;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the outcome of a hand-over means for the message: the table of the design, and the only place that knows it. A
 * refusal that another route may heal goes back to the queue at once, where the {@link Router} sees what happened. An
 * unknown outcome never does.
 */
final class OutcomePolicy {
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

    /** What the outcome says of the account. */
    static void judge(Health health, SubmitOutcome outcome) {
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
