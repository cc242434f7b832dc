package io.github.smsdispatch.store;

/**
 * What one step of {@link MessageStore#purge} removed.
 *
 * @param messages how many messages, each with all that belonged to it
 * @param receipts how many receipts
 */
public record PurgeRound(int messages, int receipts) {
    /** Whether there may be more: the step took as many messages or receipts as it was allowed. */
    public boolean isFull(int limit) {
        return messages >= limit || receipts >= limit;
    }
}
