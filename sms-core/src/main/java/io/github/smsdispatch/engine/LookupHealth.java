package io.github.smsdispatch.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the look-ups of an account fare, which many providers serve from other machines than hand-overs, with other limits.
 *
 * @param up false while none is made because of failures, and while it is probed; true as well where the account has none
 * @param resumesAt when the next may be made, after failures or because it asked us to slow down; null: now
 * @param inFlight calls under way on this node
 * @param trouble the latest failure, without number or text; null: none since it was last well
 */
public record LookupHealth(boolean up, @Nullable Instant resumesAt, int inFlight, @Nullable String trouble) {}
