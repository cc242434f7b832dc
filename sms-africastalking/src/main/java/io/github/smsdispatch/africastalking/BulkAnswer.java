package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.Map;
import java.util.Optional;

/**
 * What one request came to.
 *
 * @param byDigits what the answer says of each recipient, by the digits of the number; empty where it names none
 * @param otherwise what became of a recipient whom the answer does not name
 */
record BulkAnswer(Map<String, SubmitOutcome> byDigits, SubmitOutcome otherwise) {
    BulkAnswer {
        byDigits = Map.copyOf(byDigits);
    }

    /** The same for all recipients. */
    static BulkAnswer forAll(SubmitOutcome outcome) {
        return new BulkAnswer(Map.of(), outcome);
    }

    SubmitOutcome of(String digits) {
        return byDigits.getOrDefault(digits, otherwise);
    }

    /**
     * Why no further request of the same call should be made: there was no clear answer, or a refusal that would be the
     * next one's too. The refusal is for what was then not handed over. To go on would cost another deadline each, turn
     * more messages into doubts that nobody can settle, or press on where a pause was asked for.
     */
    Optional<SubmitOutcome.Refused> stop() {
        return byDigits.isEmpty()
                ? otherwise.fold(
                        accepted -> Optional.empty(),
                        refused -> switch (refused.reason()) {
                            case ACCOUNT, THROTTLED, UNAVAILABLE -> Optional.of(notHandedOver(refused));
                            case RECIPIENT, RECIPIENT_BUSY, OPTED_OUT, CONTENT, SENDER, DESTINATION -> Optional.empty();
                        },
                        unknown ->
                                Optional.of(notHandedOver("an earlier request of the same call had no clear answer")))
                : Optional.empty();
    }

    /** Certain, because no request was made. */
    static SubmitOutcome.Refused notHandedOver(String why) {
        return SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, null, "not handed over: " + why);
    }

    private static SubmitOutcome.Refused notHandedOver(SubmitOutcome.Refused earlier) {
        return new SubmitOutcome.Refused(
                earlier.reason(),
                null,
                "not handed over: an earlier request of the same call was refused: " + earlier.detail(),
                earlier.retryAfter());
    }
}
