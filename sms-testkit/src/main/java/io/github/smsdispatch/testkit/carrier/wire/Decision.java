package io.github.smsdispatch.testkit.carrier.wire;

import java.util.function.Function;

/** What became of one {@link Item} of a request: accepted, or declined. */
public sealed interface Decision permits CarrierMessage, Declined {
    /** Stands in for a switch over the two. */
    default <T> T fold(Function<CarrierMessage, T> accepted, Function<Declined, T> declined) {
        return this instanceof CarrierMessage message ? accepted.apply(message) : declined.apply((Declined) this);
    }
}
