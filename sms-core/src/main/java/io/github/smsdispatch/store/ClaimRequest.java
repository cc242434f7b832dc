package io.github.smsdispatch.store;

import io.github.smsdispatch.Lane;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which messages a node wants to find an account for.
 *
 * @param line where to take them from: those without an account, or those that wait for one, to find another
 * @param after of those behind this one in line, by due time and id; null: from the front
 * @param limit how many at the most; at least 1
 * @param lease how long they are the claimant's; a claim that is not begun by then may be claimed by another
 */
public record ClaimRequest(Line line, @Nullable Claim after, int limit, Duration lease) {
    /** @throws IllegalArgumentException if the limit is below 1 or the lease not positive */
    public ClaimRequest {
        if (limit < 1 || lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("a claim needs a limit of at least 1 and a positive lease");
        }
    }

    /** From the front of a line. */
    public ClaimRequest(Line line, int limit, Duration lease) {
        this(line, null, limit, lease);
    }

    /** From those of a lane for which no account is chosen yet. */
    public ClaimRequest(Lane lane, int limit, Duration lease) {
        this(new Line(null, lane), limit, lease);
    }
}
