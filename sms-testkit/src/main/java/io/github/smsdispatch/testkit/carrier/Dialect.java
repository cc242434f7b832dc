package io.github.smsdispatch.testkit.carrier;

import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One provider's wire format. Thread-safe. */
interface Dialect {
    /** The provider's name as its module has it. */
    String provider();

    /** Whether a request is for this provider, by its path. */
    boolean speaks(HttpCall call);

    /** Reads a request: a submission to decide on, or an answer that needs no decision. */
    Reading read(HttpCall call);

    /** Ids for a submission about to be accepted; new ones each time. */
    List<String> newIds(Draft draft, RandomGenerator random);

    /** The answer to a submission that was accepted. */
    HttpAnswer accepted(CarrierMessage message);

    /** Not accepted: too many requests, in the provider's own words. */
    HttpAnswer throttled();

    /** Not accepted, or a look-up not answered: 503. */
    HttpAnswer unavailable();

    /** An internal error after which nobody knows whether the submission was accepted: 500. */
    HttpAnswer failed();

    /** Codes for a message that is not delivered; one is drawn. */
    List<String> undeliveredCodes();

    /** The code for a message whose validity ended; null: there is none. */
    @Nullable
    String expiredCode();

    /** The requests that report a step, one for each id that is reported on. */
    List<ReceiptRequest> receipts(CarrierMessage message, Life.Step step, URI to);

    /**
     * What a request turned out to be: one of the two is null.
     *
     * @param draft a valid submission
     * @param answer the answer to anything else
     * @param refusal what kind of refusal the answer is, for the statistics; null: none
     */
    record Reading(@Nullable Draft draft, @Nullable HttpAnswer answer, @Nullable String refusal) {
        static Reading submission(Draft draft) {
            return new Reading(draft, null, null);
        }

        static Reading answered(HttpAnswer answer) {
            return new Reading(null, answer, null);
        }

        static Reading refused(String refusal, HttpAnswer answer) {
            return new Reading(null, answer, refusal);
        }
    }
}
