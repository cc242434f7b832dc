package io.github.smsdispatch.spi;

import java.util.List;

/** A provider that can be asked for the status of what it took. */
public interface StatusLookup {
    /** How many attempts one call may ask for; at least 1. */
    int maxLookupBatch();

    /**
     * Asks for the status of attempts by the provider's ids; blocks. Looking up changes nothing, so an implementation
     * may try again by itself.
     *
     * @param attempts 1 to {@link #maxLookupBatch()}
     * @return one answer for each, in the same order
     */
    List<LookupAnswer> lookUp(List<SentAttempt> attempts);
}
