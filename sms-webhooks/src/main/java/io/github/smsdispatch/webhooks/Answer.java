package io.github.smsdispatch.webhooks;

import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back. Nothing in it comes from the request, other than what a provider's module makes of a verified one. */
final class Answer {
    private final int status;
    private final byte[] body;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Answer(int status, String body) {
        this.status = status;
        this.body = body.getBytes(StandardCharsets.UTF_8);
        // A provider may call with GET, and no cache may answer in our place.
        headers.put("Cache-Control", "no-store");
    }

    static Answer empty(int status) {
        return new Answer(status, "");
    }

    static Answer of(WebhookVerdict verdict) {
        var answer = new Answer(verdict.status(), verdict.body());
        if (answer.body.length > 0) {
            answer.headers.put("Content-Type", verdict.contentType());
        }
        return answer;
    }

    Answer with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
