package io.github.smsdispatch.spi;

import java.util.List;

/**
 * What a provider module makes of a webhook request.
 *
 * @param status the HTTP status to answer once the receipts are stored: 200; 400 malformed, 403 forged, 404 nobody here
 *     takes it, 413 too large
 * @param receipts what was reported; empty unless the status is 200, and where the request is of no interest
 * @param detail why it was refused, for the log; no secret, number or text in it
 */
public record WebhookVerdict(int status, List<Receipt> receipts, String detail) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the status is neither 200 nor 4xx, or there are receipts beside a 4xx
     */
    public WebhookVerdict {
        receipts = List.copyOf(receipts);
        if (status != 200 && (status < 400 || status > 499)) {
            throw new IllegalArgumentException("a verdict is 200 or 4xx, not " + status);
        }
        if (status != 200 && !receipts.isEmpty()) {
            throw new IllegalArgumentException("a refused request has no receipts");
        }
    }

    /** Verified and understood. */
    public static WebhookVerdict of(List<Receipt> receipts) {
        return new WebhookVerdict(200, receipts, "ok");
    }

    /** Refused, with a 4xx status. */
    public static WebhookVerdict refused(int status, String why) {
        return new WebhookVerdict(status, List.of(), why);
    }
}
