package io.github.smsdispatch.engine;

import org.jspecify.annotations.Nullable;

/**
 * What {@link DispatchEngine#sweepLog} has read.
 *
 * @param pages pages of the log
 * @param entries entries on them
 * @param receipts how many of these were news of messages of ours, and are applied soon
 * @param trouble why it was not read to its end, for people; null: it was
 */
public record SweepSummary(long pages, long entries, long receipts, @Nullable String trouble) {}
