package io.github.smsdispatch.store;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a claim that led to no hand-over.
 *
 * @param message our id
 * @param fence the number of the claim
 * @param next QUEUED, REJECTED, SUPPRESSED or EXPIRED
 * @param hold why it waits; null: it was given back unused
 * @param nextIn from now, by the store's clock: when it may be claimed again; of no meaning for final states
 * @param detail a sentence for people, without number or text; null where there is nothing to say
 */
public record Release(
        MessageId message,
        long fence,
        MessageState next,
        @Nullable HoldReason hold,
        Duration nextIn,
        @Nullable String detail) {}
