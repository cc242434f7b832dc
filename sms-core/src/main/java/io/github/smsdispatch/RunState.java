package io.github.smsdispatch;

/** What an operator wants of a provider account. It can be changed at run time from any node. */
public enum RunState {
    /** Messages are handed over, receipts are tracked. */
    RUNNING,
    /** No new hand-overs; what was handed over is still followed to its end. */
    DRAINING,
    /** No call to the provider at all, not even look-ups; receipts it sends by itself are still taken. */
    PAUSED
}
