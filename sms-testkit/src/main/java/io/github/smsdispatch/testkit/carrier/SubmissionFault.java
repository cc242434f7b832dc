package io.github.smsdispatch.testkit.carrier;

import java.util.Locale;

/** What goes wrong with a submission. Each is real on the wire: sockets close, bytes stop, codes are the provider's. */
public enum SubmissionFault {
    /** Nothing. */
    NONE,
    /** Not accepted: throttled, in the provider's own words (Twilio: 429 with code 20429; Vonage: status 1 inside 200). */
    THROTTLE,
    /** Not accepted: a gateway in front of the provider answers 429 with {@code Retry-After: 1} and a body of HTML. */
    HTTP429,
    /** Not accepted: 503. */
    HTTP503,
    /** Accepted, but answered with a 500. */
    ERROR_AFTER_ACCEPT,
    /** Accepted, but the connection closes without an answer. */
    LOSE_ANSWER,
    /** Not accepted: the request is read and the connection closes. */
    DROP_REQUEST,
    /** Accepted; the answer stops in the middle of its body while the connection stays open. */
    STALL,
    /** Accepted, and answered with the right status but a body that is no JSON. */
    GARBAGE,
    /**
     * Of a long text the last part is refused and the others are accepted, where the provider's answers tell the parts
     * apart (Vonage's SMS API); anything else is accepted.
     */
    PART_REFUSED;

    /** The name in a {@link FaultScript}: {@code lose-answer}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the message is in the ledger all the same. */
    public boolean accepts() {
        return switch (this) {
            case NONE, ERROR_AFTER_ACCEPT, LOSE_ANSWER, STALL, GARBAGE, PART_REFUSED -> true;
            case THROTTLE, HTTP429, HTTP503, DROP_REQUEST -> false;
        };
    }

    /** Whether the message is in the ledger, and the sender is not told. */
    public boolean losesAnswer() {
        return switch (this) {
            case ERROR_AFTER_ACCEPT, LOSE_ANSWER, STALL, GARBAGE -> true;
            case NONE, THROTTLE, HTTP429, HTTP503, DROP_REQUEST, PART_REFUSED -> false;
        };
    }
}
