package io.github.smsdispatch.tracking;

/** How a {@link StatusTracker} learns what became of messages. */
public enum TrackingMode {
    /** Asks for each message by its id. */
    POLL,
    /**
     * Reads the provider's log of a time page by page, and then asks for what is not final by it. Few requests where most of
     * what the account sent is tracked.
     */
    SWEEP
}
