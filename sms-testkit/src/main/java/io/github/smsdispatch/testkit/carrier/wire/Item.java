package io.github.smsdispatch.testkit.carrier.wire;

/** One message of a request as the dialect read it: valid, or declined on the spot. */
public sealed interface Item permits Draft, Declined {}
