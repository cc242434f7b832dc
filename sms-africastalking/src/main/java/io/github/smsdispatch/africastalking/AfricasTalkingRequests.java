package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Form;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The form version of the bulk SMS API (https://developers.africastalking.com/docs/sms/sending/bulk, read 2026-11). It
 * has no parameter for a reference, a validity or a callback URL. Thread-safe.
 */
final class AfricasTalkingRequests {
    private final AfricasTalkingSettings settings;
    private final Map<String, String> headers;

    AfricasTalkingRequests(AfricasTalkingSettings settings) {
        this.settings = settings;
        this.headers = Map.of(
                "apiKey", settings.apiKey,
                // Without it the answer is XML.
                "Accept", "application/json",
                "User-Agent", "sms-dispatch");
    }

    /** Hands a text over for its recipients. */
    ExchangeRequest submit(Bulk bulk) {
        Form form = Form.empty()
                .with("username", settings.username)
                .with(
                        "to",
                        bulk.places().keySet().stream()
                                .map(digits -> "+" + digits)
                                .collect(Collectors.joining(",")))
                .with("message", bulk.text())
                // We pay, not the recipient; what bulk texts from short codes have to say.
                .with("bulkSMSMode", "1")
                .with("enqueue", settings.enqueue ? "1" : "0");
        var sender = bulk.sender();
        if (sender != null) {
            form = form.with("from", sender.value());
        }
        return ExchangeRequest.post(
                settings.baseUrl + "/version1/messaging", headers, ExchangeRequest.FORM, form.encode());
    }
}
