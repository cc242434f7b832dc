package io.github.smsdispatch.store;

import io.github.smsdispatch.MessageId;

/**
 * What became of one message that was given to the store.
 *
 * @param id the id under which the store keeps it: the given one, or that of the earlier message with the same key
 * @param added false if the store had it already; it keeps the earlier one unchanged, and does not look whether the two say the same:
 *     that would read the earlier text each time
 */
public record EnqueueResult(MessageId id, boolean added) {}
