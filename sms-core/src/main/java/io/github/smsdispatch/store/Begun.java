package io.github.smsdispatch.store;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;

/**
 * A hand-over whose intent is committed.
 *
 * @param claim the message, as it was before
 * @param attempt our reference for the hand-over
 * @param account where it goes
 */
public record Begun(Claim claim, AttemptId attempt, ProviderAccount account) {}
