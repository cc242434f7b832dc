package io.github.smsdispatch.testkit.carrier.wire;

import java.net.URI;
import java.util.Map;

/** A request to the sender's webhook. */
public record WebhookRequest(String method, URI uri, Map<String, String> headers, String body) {
    @Override
    public String toString() {
        return "WebhookRequest[" + method + "]";
    }
}
