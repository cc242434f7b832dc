package io.github.smsdispatch.store;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a hand-over, and what the engine wants to become of the message.
 *
 * @param message our id
 * @param attempt our reference for the hand-over
 * @param outcome what the provider said
 * @param next SENT, QUEUED, IN_DOUBT, REJECTED, SUPPRESSED or EXPIRED
 * @param hold why it waits; null unless {@code next} is QUEUED
 * @param nextIn from now, by the store's clock: when to claim it again (QUEUED) or to ask for its status (SENT,
 *     IN_DOUBT); of no meaning for final states
 */
public record AttemptEnd(
        MessageId message,
        AttemptId attempt,
        SubmitOutcome outcome,
        MessageState next,
        @Nullable HoldReason hold,
        Duration nextIn) {}
