package io.github.smsdispatch.store;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.spi.Receipt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a look at one message brought.
 *
 * @param providerMessageId the provider's id
 * @param state what it comes to: SENT, DELIVERED, UNDELIVERED, or UNCONFIRMED where it is given up
 * @param receipt what the provider said; null: nothing of this message, what is known of it stays
 * @param missed whether that is a look that told nothing of it, and so counts towards giving it up
 * @param nextIn from now, when it may be looked up again; of no meaning in a final state
 */
public record TrackedLook(
        String providerMessageId, MessageState state, @Nullable Receipt receipt, boolean missed, Duration nextIn) {}
