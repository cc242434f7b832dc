package io.github.smsdispatch.spi;

/** What a provider reports of a message it took. */
public enum ReceiptState {
    /** On its way: accepted, queued, sent, buffered. */
    ENROUTE,
    /** Delivered, as far as the network can tell. */
    DELIVERED,
    /** Will not be delivered: failed, rejected by the carrier, expired in the network, deleted. */
    UNDELIVERED,
    /** A word that this version does not know, or one that means nothing; kept as an event. */
    UNKNOWN
}
