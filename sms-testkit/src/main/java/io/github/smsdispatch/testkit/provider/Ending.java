package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;

/** How a hand-over may end. */
public enum Ending {
    /** {@link SubmitOutcome.Accepted}. */
    ACCEPTED,
    /** {@link SubmitOutcome.Refused} as {@link FailureReason#UNAVAILABLE}. */
    UNAVAILABLE,
    /** {@link SubmitOutcome.Refused} as {@link FailureReason#ACCOUNT}. */
    ACCOUNT,
    /** {@link SubmitOutcome.Refused} as {@link FailureReason#THROTTLED}. */
    THROTTLED,
    /** {@link SubmitOutcome.Refused} for another reason. */
    REFUSED,
    /** {@link SubmitOutcome.Unknown}. */
    UNKNOWN;

    static Ending of(SubmitOutcome outcome) {
        return outcome.fold(
                accepted -> ACCEPTED,
                refused -> switch (refused.reason()) {
                    case UNAVAILABLE -> UNAVAILABLE;
                    case ACCOUNT -> ACCOUNT;
                    case THROTTLED -> THROTTLED;
                    default -> REFUSED;
                },
                unknown -> UNKNOWN);
    }
}
