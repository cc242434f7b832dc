package io.github.smsdispatch;

import org.jspecify.annotations.Nullable;

/**
 * How many messages stand in one state at one account.
 *
 * @param state the state
 * @param account the account of their latest hand-over; null: never handed over
 * @param messages how many
 * @param segments their segments in the air
 */
public record StateCount(MessageState state, @Nullable ProviderAccount account, long messages, long segments) {}
