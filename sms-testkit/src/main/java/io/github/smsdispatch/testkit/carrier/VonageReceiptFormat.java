package io.github.smsdispatch.testkit.carrier;

/** How Vonage hands over a delivery receipt; one setting for the whole account. */
public enum VonageReceiptFormat {
    /** POST with a JSON object. */
    POST_JSON,
    /** POST with a form. */
    POST_FORM,
    /** GET with everything in the query. */
    GET_QUERY
}
