package io.github.smsdispatch.store;

import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a claim that led to no hand-over.
 *
 * @param message our id
 * @param fence the number of the claim
 * @param next QUEUED, REJECTED, SUPPRESSED or EXPIRED
 * @param hold why it waits; null: it was given back unused
 * @param nextIn from now, by the store's clock: when it may be claimed again; zero: at once, in the place that its due time gives
 *     it; of no meaning for final states
 * @param detail a sentence for people, without number or text; null where there is nothing to say
 * @param route the account that it waits for from now on; null: none is chosen, or it is final
 */
public record Release(
        MessageId message,
        long fence,
        MessageState next,
        @Nullable HoldReason hold,
        Duration nextIn,
        @Nullable String detail,
        @Nullable ProviderAccount route) {
    /** For a message that waits for no account. */
    public Release(
            MessageId message,
            long fence,
            MessageState next,
            @Nullable HoldReason hold,
            Duration nextIn,
            @Nullable String detail) {
        this(message, fence, next, hold, nextIn, detail, null);
    }
}
