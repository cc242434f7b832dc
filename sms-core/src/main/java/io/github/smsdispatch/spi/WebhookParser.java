package io.github.smsdispatch.spi;

/** A provider that calls us back. */
public interface WebhookParser {
    /**
     * Verifies a request, then reads it. Never throws for what the request holds; needs no I/O.
     *
     * @return a verdict; forged, malformed and oversized requests are refused with a 4xx status
     */
    WebhookVerdict parse(WebhookRequest request);
}
