package io.github.smsdispatch.store;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.ProviderAccount;

/**
 * The intent to hand a claimed message over, committed before the provider is called.
 *
 * @param message our id
 * @param fence the number of the claim
 * @param attempt our reference for this hand-over
 * @param account where it will go
 * @param receiptsPerPart whether the account reports on each part of a long text by itself, see
 *     {@link io.github.smsdispatch.spi.ProviderTraits#receiptsPerPart()}
 */
public record AttemptStart(
        MessageId message, long fence, AttemptId attempt, ProviderAccount account, boolean receiptsPerPart) {
    /** At an account that reports once for a whole message. */
    public AttemptStart(MessageId message, long fence, AttemptId attempt, ProviderAccount account) {
        this(message, fence, attempt, account, false);
    }
}
