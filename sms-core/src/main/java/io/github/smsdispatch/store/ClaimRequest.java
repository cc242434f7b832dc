package io.github.smsdispatch.store;

import io.github.smsdispatch.Lane;
import java.time.Duration;

/**
 * Which messages a node wants to hand over.
 *
 * @param lane the lane to take from
 * @param limit how many at the most; at least 1
 * @param lease how long they are the claimant's; a claim that is not begun by then may be claimed by another
 */
public record ClaimRequest(Lane lane, int limit, Duration lease) {
    /** @throws IllegalArgumentException if the limit is below 1 or the lease not positive */
    public ClaimRequest {
        if (limit < 1 || lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("a claim needs a limit of at least 1 and a positive lease");
        }
    }
}
