package io.github.smsdispatch.spi;

/**
 * Why a message was not taken, or not delivered. A refused hand-over has the consequence that is named with each reason;
 * on a {@link Receipt} the reason says what a new attempt could hope for.
 */
public enum FailureReason {
    /** The number is invalid, a landline, or out of reach for good: the message is rejected, no other route is tried. */
    RECIPIENT,
    /**
     * Not now, because of this recipient alone: too many texts to the number, or its operator is out of reach. Or because
     * of one of several messages that were refused together, without a word on which. The message waits and may take
     * another route; the account is well.
     */
    RECIPIENT_BUSY,
    /** The recipient said STOP: the message is suppressed, and so are later ones to the same number. */
    OPTED_OUT,
    /** Text or parameters are not acceptable: the message is rejected. */
    CONTENT,
    /** This account cannot use that sender: next route. */
    SENDER,
    /** This account cannot reach that country or network: next route. */
    DESTINATION,
    /** Credentials, funds or suspension: next route, and the account is taken for down. */
    ACCOUNT,
    /** A rate or queue limit, documented as not processed: slow down, or next route if the wait is long. */
    THROTTLED,
    /**
     * Not there. Of a hand-over: connection refused, unknown host, TLS failure before the request, or a documented 503:
     * next route. Of a receipt: the handset was off or the network failed, and may be reached later.
     */
    UNAVAILABLE
}
