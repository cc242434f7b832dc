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
public record ClaimRequest(Lane lane, int limit, Duration lease) {}
