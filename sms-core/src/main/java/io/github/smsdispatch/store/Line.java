package io.github.smsdispatch.store;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.ProviderAccount;
import org.jspecify.annotations.Nullable;

/**
 * Where messages wait for a hand-over: one queue, in the order in which they were due.
 *
 * @param account the account that they wait for; null: none is chosen for them yet
 * @param lane how urgent they are
 */
public record Line(@Nullable ProviderAccount account, Lane lane) {}
