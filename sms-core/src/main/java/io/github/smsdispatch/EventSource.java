package io.github.smsdispatch;

/** Who changed the state of a message. */
public enum EventSource {
    /** The application that uses the library. */
    CALLER,
    /** The dispatch loop: a claim, a hand-over and the answer to it. */
    DISPATCH,
    /** A delivery receipt that the provider sent. */
    RECEIPT,
    /** The answer to a status look-up. */
    LOOKUP,
    /** The recovery of a lease whose holder died or hung. */
    RECOVERY,
    /** The end of the validity, with or without its grace. */
    EXPIRY
}
