package io.github.smsdispatch.vonage;

import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;

/** How a message is handed over through one of the two APIs. Thread-safe. */
interface SendingApi {
    /** Both take 20 seconds to 7 days (OpenAPI documents SMS 1.5.1 and Messages 1.20.0, read 2026-11). */
    Duration MIN_VALIDITY = Duration.ofSeconds(20);

    /** See {@link #MIN_VALIDITY}. */
    Duration MAX_VALIDITY = Duration.ofDays(7);

    /** The request of a hand-over. */
    ExchangeRequest request(Submission submission);

    /** What became of it. */
    SubmitOutcome outcome(ExchangeResult result);

    /** The validity as both APIs take it; each has a unit of its own. */
    static Duration timeToLive(Submission submission) {
        Duration validity = submission.validity();
        if (validity.compareTo(MIN_VALIDITY) < 0) {
            return MIN_VALIDITY;
        }
        return validity.compareTo(MAX_VALIDITY) > 0 ? MAX_VALIDITY : validity;
    }

    /** The sender as both APIs take it: numbers go without plus sign. */
    static String from(Submission submission, Sender fallback) {
        Sender sender = submission.sender() == null ? fallback : submission.sender();
        return sender.kind() == Sender.Kind.NUMBER ? sender.value().substring(1) : sender.value();
    }
}
