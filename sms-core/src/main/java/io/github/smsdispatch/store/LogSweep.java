package io.github.smsdispatch.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reading of a provider's log, leased to one process.
 *
 * @param from inclusive
 * @param until exclusive
 * @param cursor where the next page begins; null: at the beginning
 * @param fence tells this lease from those before and after it
 * @param isEnded whether it has been read to its end
 */
public record LogSweep(Instant from, Instant until, @Nullable String cursor, long fence, boolean isEnded) {}
