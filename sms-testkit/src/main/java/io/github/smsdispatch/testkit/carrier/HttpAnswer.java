package io.github.smsdispatch.testkit.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** An HTTP answer, ready to be written. */
record HttpAnswer(int status, String contentType, String body, Map<String, String> headers) {
    static HttpAnswer json(int status, JsonNode body) {
        return new HttpAnswer(status, "application/json", body.toString(), Map.of());
    }

    /** An error in the form of RFC 7807. */
    static HttpAnswer problem(int status, JsonNode body) {
        return new HttpAnswer(status, "application/problem+json", body.toString(), Map.of());
    }

    /** What a gateway between client and provider says: a page for people. */
    static HttpAnswer html(int status, String title) {
        String body = "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>\n";
        return new HttpAnswer(status, "text/html", body, Map.of());
    }

    HttpAnswer withHeader(String name, String value) {
        return new HttpAnswer(status, contentType, body, Map.of(name, value));
    }
}
