package io.github.smsdispatch.spi;

import java.util.List;

/**
 * What a provider module makes of a webhook request, and how to answer it once what it tells is stored.
 *
 * @param status the HTTP status: 200; 400 malformed, 403 forged, 404 nobody here takes it, 413 too large
 * @param events what it tells; empty unless the status is 200, and where the request is of no interest
 * @param detail why it was refused, for the log; no secret, number or text in it
 * @param contentType of the body
 * @param body to answer with; empty for most providers
 */
public record WebhookVerdict(int status, List<WebhookEvent> events, String detail, String contentType, String body) {
    private static final String PLAIN = "text/plain; charset=utf-8";

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the status is neither 200 nor 4xx, or there are events beside a 4xx
     */
    public WebhookVerdict {
        events = List.copyOf(events);
        if (status != 200 && (status < 400 || status > 499)) {
            throw new IllegalArgumentException("a verdict is 200 or 4xx, not " + status);
        }
        if (status != 200 && !events.isEmpty()) {
            throw new IllegalArgumentException("a refused request has no events");
        }
    }

    /** Verified and understood; the answer has an empty body. */
    public static WebhookVerdict of(List<? extends WebhookEvent> events) {
        return new WebhookVerdict(200, List.copyOf(events), "ok", PLAIN, "");
    }

    /** Refused, with a 4xx status. */
    public static WebhookVerdict refused(int status, String why) {
        return new WebhookVerdict(status, List.of(), why, PLAIN, "");
    }

    /** The same verdict, answered with this body. */
    public WebhookVerdict answeredWith(String newContentType, String newBody) {
        return new WebhookVerdict(status, events, detail, newContentType, newBody);
    }

    /** The receipts among the events. */
    public List<Receipt> receipts() {
        return events.stream()
                .filter(Receipt.class::isInstance)
                .map(Receipt.class::cast)
                .toList();
    }

    /** Status, detail and how many events; those hold numbers and texts. */
    @Override
    public String toString() {
        return "WebhookVerdict[" + status + ", " + detail + ", events=" + events.size() + "]";
    }
}
