package io.github.smsdispatch.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes on the wire. {@link #toString} shows the method alone: URL, headers and body hold numbers, texts
 * and credentials.
 *
 * @param method {@code GET} or {@code POST}
 * @param url absolute, with its encoded query
 * @param headers one value each; {@code Content-Type} is not among them
 * @param contentType media type of the body; null: there is no body
 * @param body sent as UTF-8; null: there is no body
 */
public record ExchangeRequest(
        String method, String url, Map<String, String> headers, @Nullable String contentType, @Nullable String body) {
    /** The media type of an HTML form. */
    public static final String FORM = "application/x-www-form-urlencoded";

    /** Copies the headers. */
    public ExchangeRequest {
        headers = Map.copyOf(headers);
        if ((contentType == null) != (body == null)) {
            throw new IllegalArgumentException("a body has a content type, and a content type a body");
        }
    }

    /** A request without a body. */
    public static ExchangeRequest get(String url, Map<String, String> headers) {
        return new ExchangeRequest("GET", url, headers, null, null);
    }

    /** A request with a body. */
    public static ExchangeRequest post(String url, Map<String, String> headers, String contentType, String body) {
        return new ExchangeRequest("POST", url, headers, contentType, body);
    }

    @Override
    public String toString() {
        return "ExchangeRequest[" + method + "]";
    }
}
