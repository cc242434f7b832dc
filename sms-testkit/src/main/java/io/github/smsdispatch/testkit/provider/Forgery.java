package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.spi.WebhookRequest;

/**
 * A webhook request that the provider did not send.
 *
 * @param name for the test's messages
 */
record Forgery(String name, WebhookRequest request, Expected expected) {
    /** What must become of it. */
    enum Expected {
        /** A 4xx without events. */
        REFUSED,
        /** A 4xx, or the events of the genuine request: some changes mean the same, such as %2b for %2B. */
        REFUSED_OR_THE_SAME,
        /** No events, whatever the status: it is rightly signed or needs no signature, and tells nothing. */
        NOTHING_TOLD,
        /** No exception: whoever knows the secret in the URL may write what he likes. */
        NO_EXCEPTION
    }
}
