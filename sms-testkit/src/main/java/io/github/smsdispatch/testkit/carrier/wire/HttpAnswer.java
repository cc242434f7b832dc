package io.github.smsdispatch.testkit.carrier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** An HTTP answer, ready to be written. */
public record HttpAnswer(int status, String contentType, String body, Map<String, String> headers) {
    public static HttpAnswer json(int status, JsonNode body) {
        return new HttpAnswer(status, "application/json", body.toString(), Map.of());
    }

    /** An error in the form of RFC 7807. */
    public static HttpAnswer problem(int status, JsonNode body) {
        return new HttpAnswer(status, "application/problem+json", body.toString(), Map.of());
    }

    public static HttpAnswer plain(int status, String text) {
        return new HttpAnswer(status, "text/plain; charset=utf-8", text, Map.of());
    }

    /** What a gateway between client and provider says: a page for people. */
    public static HttpAnswer html(int status, String title) {
        String body = "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>\n";
        return new HttpAnswer(status, "text/html", body, Map.of());
    }

    public HttpAnswer withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, contentType, body, Map.copyOf(more));
    }
}
