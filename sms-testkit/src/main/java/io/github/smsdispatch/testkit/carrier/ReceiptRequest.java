package io.github.smsdispatch.testkit.carrier;

import java.net.URI;
import java.util.Map;

/** A request to the sender's webhook. */
record ReceiptRequest(String method, URI uri, Map<String, String> headers, String body) {
    @Override
    public String toString() {
        return "ReceiptRequest[" + method + "]";
    }
}
