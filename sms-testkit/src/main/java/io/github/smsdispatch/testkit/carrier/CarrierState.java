package io.github.smsdispatch.testkit.carrier;

/** Where a message is at the carrier; each dialect has its own words for it. */
public enum CarrierState {
    /** Taken, nothing more. */
    ACCEPTED,
    /** Handed to the network. */
    SENT,
    /** Delivered. */
    DELIVERED,
    /** Will not be delivered. */
    UNDELIVERED,
    /** Its validity ended before it was delivered. */
    EXPIRED
}
