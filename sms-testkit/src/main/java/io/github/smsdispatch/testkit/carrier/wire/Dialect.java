package io.github.smsdispatch.testkit.carrier.wire;

import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One provider's wire format. Thread-safe. */
public interface Dialect {
    /** The provider's name as its module has it. */
    String provider();

    /** Whether a request is for this provider, by its path. */
    boolean speaks(HttpCall call);

    /**
     * Reads a request: messages to decide on, or an answer that needs no decision.
     *
     * @throws IllegalArgumentException if it cannot be made sense of at all: answered with a bare 400
     */
    Reading read(HttpCall call);

    /** Ids for a message about to be accepted; new ones each time. Not asked if the sender chose the id. */
    List<String> newIds(Draft draft, RandomGenerator random);

    /** The answer to a submission: a decision for each item of its {@link Reading}, in the same order. */
    HttpAnswer answer(HttpCall call, List<Decision> decisions);

    /**
     * What to say of a draft whose {@link Draft#messageId} a message of this provider has already. Asked while nobody else
     * can be accepted by that id.
     */
    default Declined alreadyKnown(Draft draft, CarrierMessage first) {
        throw new UnsupportedOperationException("senders of " + provider() + " do not choose ids");
    }

    /** Whether a request asks for something and changes nothing, so that the share of look-ups that fail is about it. */
    default boolean isLookup(HttpCall call) {
        return call.method().equals("GET");
    }

    /** Not accepted: too many requests, in the provider's own words. */
    HttpAnswer throttled();

    /** The same, where a provider's words depend on how it was asked. */
    default HttpAnswer throttled(HttpCall call) {
        return throttled();
    }

    /** Not accepted, or a look-up not answered: 503. */
    HttpAnswer unavailable();

    /** An internal error after which nobody knows whether the submission was accepted: 500. */
    HttpAnswer failed();

    /** Codes for a message that is not delivered, at least one; one is drawn. */
    List<String> undeliveredCodes();

    /** The code for a message whose validity ended; null: there is none. */
    @Nullable
    String expiredCode();

    /** The requests that report a step, one for each id that is reported on; none where the provider keeps the step to itself. */
    List<WebhookRequest> receipts(CarrierMessage message, Life.Step step, URI to);

    /**
     * The requests that hand over a text from a phone; a provider that knows STOP words notes them in its books too.
     *
     * @param random for ids
     * @throws UnsupportedOperationException if the provider hands over none
     */
    default List<WebhookRequest> inboundText(InboundText text, RandomGenerator random, URI to) {
        throw new UnsupportedOperationException("provider " + provider() + " hands over no texts from phones");
    }

    /**
     * The requests that tell of somebody who opted out. The books need not be told: whoever calls this does.
     *
     * @param recipient who opted out, E.164 with plus sign
     * @param sender whose texts are no longer wanted
     * @throws UnsupportedOperationException if the provider does not tell
     */
    default List<WebhookRequest> optOutNotice(String recipient, String sender, URI to) {
        throw new UnsupportedOperationException("provider " + provider() + " does not tell who opted out");
    }
}
