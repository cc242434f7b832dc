package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;

/**
 * Receipts have come in. What came by webhook is in the inbox of the store when this is told, and applied to messages soon; what a
 * look-up brought is about to be written.
 *
 * @param account whose messages they are about
 * @param source how they came
 * @param receipts how many; at least 1
 * @param repeated how many of them the inbox knew already; 0 where it is not counted, as of look-ups, which tell the same
 *     again and again
 */
public record ReceiptsHeard(ProviderAccount account, Source source, int receipts, int repeated) {
    /** How a receipt came. */
    public enum Source {
        /** The provider sent it. */
        WEBHOOK,
        /** The provider was asked for the message. */
        LOOKUP,
        /** It was read in the provider's log of all messages. */
        LOG
    }
}
