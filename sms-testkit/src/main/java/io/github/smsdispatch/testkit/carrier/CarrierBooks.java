package io.github.smsdispatch.testkit.carrier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What every dialect looks things up in.
 *
 * @param clock the carrier's
 * @param optedOut numbers in E.164 form that said STOP; changes at any time
 * @param listingLag how long an accepted message is missing from lists
 */
record CarrierBooks(Ledger ledger, InstantSource clock, Set<String> optedOut, Supplier<Duration> listingLag) {
    Instant now() {
        return clock.instant();
    }

    /** Whether lists and reports show the message by now. */
    boolean lists(CarrierMessage message) {
        return !message.acceptedAt().plus(listingLag.get()).isAfter(now());
    }
}
