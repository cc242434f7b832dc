/**
 * A carrier on the loopback interface that speaks the wire formats of real providers over real HTTP, keeps a ledger of
 * what it accepted, and fails on demand. Start with {@link io.github.smsdispatch.testkit.carrier.CarrierSimulator}.
 */
@NullMarked
package io.github.smsdispatch.testkit.carrier;

import org.jspecify.annotations.NullMarked;
