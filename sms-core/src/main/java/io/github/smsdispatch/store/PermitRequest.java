package io.github.smsdispatch.store;

import io.github.smsdispatch.ProviderAccount;
import java.util.Objects;

/**
 * Hand-overs of an account that a node wants to begin together, within the rate that all nodes share.
 *
 * @param account whose hand-overs
 * @param rate what was agreed for the account
 * @param count how many; 1 to 1,000,000
 */
public record PermitRequest(ProviderAccount account, Rate rate, int count) {
    /** The most that can be asked for at once. */
    public static final int MOST = 1_000_000;

    /** @throws IllegalArgumentException if the count is out of its range */
    public PermitRequest {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(rate, "rate");
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count must be 1 to " + MOST + ", but is " + count);
        }
    }
}
