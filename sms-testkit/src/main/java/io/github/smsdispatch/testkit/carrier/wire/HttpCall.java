package io.github.smsdispatch.testkit.carrier.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as it came in.
 *
 * @param path without the query
 * @param query raw, without the question mark; empty where there is none
 * @param headers by lower-case name
 * @param body read as UTF-8
 */
public record HttpCall(String method, String path, String query, Map<String, String> headers, String body) {
    @Nullable
    public String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    public Form queryParameters() {
        return Form.parse(query);
    }

    public Form formParameters() {
        return Form.parse(body);
    }

    /** Those of the form and those of the query. */
    public Form allParameters() {
        return Form.parse(query.isEmpty() || body.isEmpty() ? query + body : body + "&" + query);
    }

    /** How the client addressed us: {@code http://127.0.0.1:8080}. */
    public String baseUrl() {
        return "http://" + headers.getOrDefault("host", "127.0.0.1");
    }

    public boolean keepsAlive() {
        return !"close".equalsIgnoreCase(headers.getOrDefault("connection", ""));
    }

    public boolean hasBasicAuth() {
        return headers.getOrDefault("authorization", "").startsWith("Basic ");
    }

    /** Whether Basic auth names this user and this password. */
    public boolean isFrom(String user, String password) {
        String expected = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + expected).equals(header("authorization"));
    }

    @Override
    public String toString() {
        return "HttpCall[" + method + ", " + body.length() + " characters]";
    }
}
