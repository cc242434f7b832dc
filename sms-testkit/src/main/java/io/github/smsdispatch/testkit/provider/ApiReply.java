package io.github.smsdispatch.testkit.provider;

/**
 * What the provider's API answers, as the author of a contract test writes it.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body sent as UTF-8
 */
public record ApiReply(int status, String contentType, String body) {
    /** An answer in JSON. */
    public static ApiReply json(int status, String body) {
        return new ApiReply(status, "application/json", body);
    }
}
