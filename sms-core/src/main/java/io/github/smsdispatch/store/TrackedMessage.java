package io.github.smsdispatch.store;

import java.time.Instant;

/**
 * A message that somebody else handed over, leased to be looked up.
 *
 * @param providerMessageId the provider's id
 * @param looks how often it was looked up before
 * @param misses how many of the last looks told nothing of it
 * @param since since when it is tracked
 * @param now the store's time at the claim
 */
public record TrackedMessage(String providerMessageId, int looks, int misses, Instant since, Instant now) {}
