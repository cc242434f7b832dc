package io.github.smsdispatch.spi;

/** Why a provider did not take a message; each reason has one consequence. */
public enum RefusalReason {
    /** The number is invalid, a landline, or out of reach for good: the message is rejected, no other route is tried. */
    RECIPIENT,
    /** The recipient said STOP: the message is suppressed, and so are later ones to the same number. */
    OPTED_OUT,
    /** Text or parameters are not acceptable: the message is rejected. */
    CONTENT,
    /** This account cannot use that sender: next route. */
    SENDER,
    /** This account cannot reach that country: next route. */
    DESTINATION,
    /** Credentials, funds or suspension: next route, and the account is taken for down. */
    ACCOUNT,
    /** A rate or queue limit, documented as not processed: slow down, or next route if the wait is long. */
    THROTTLED,
    /** Not there: connection refused, unknown host, TLS failure before the request, or a documented 503. Next route. */
    UNAVAILABLE
}
