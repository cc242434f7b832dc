package io.github.smsdispatch.testkit.carrier.vonage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.testkit.carrier.VonageReceiptFormat;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** How Vonage calls a webhook, whatever it has to tell: in the account's format, and signed if the account signs. */
final class VonageWebhooks {
    private static final DateTimeFormatter PUSHED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final VonageCredentials credentials;
    private final VonageReceiptFormat format;
    private final CarrierBooks books;

    VonageWebhooks(VonageCredentials credentials, VonageReceiptFormat format, CarrierBooks books) {
        this.credentials = credentials;
        this.format = format;
        this.books = books;
    }

    /** @param own what is told; the fields that every call has are added */
    WebhookRequest request(Map<String, String> own, URI to) {
        Map<String, String> fields = completed(own);
        return switch (format) {
            case POST_JSON -> {
                ObjectNode json = Json.object();
                fields.forEach(json::put);
                yield new WebhookRequest("POST", to, Map.of("Content-Type", "application/json"), json.toString());
            }
            case POST_FORM ->
                new WebhookRequest(
                        "POST", to, Map.of("Content-Type", "application/x-www-form-urlencoded"), Form.encode(fields));
            case GET_QUERY -> {
                String separator = to.getRawQuery() == null ? "?" : "&";
                yield new WebhookRequest("GET", URI.create(to + separator + Form.encode(fields)), Map.of(), "");
            }
        };
    }

    private Map<String, String> completed(Map<String, String> own) {
        var fields = new LinkedHashMap<>(own);
        fields.put("api-key", credentials.apiKey());
        fields.put("message-timestamp", PUSHED.format(books.now()));
        if (credentials.signatureSecret() != null) {
            // Of the request, not of the message: receivers hold it against their own clock, and refuse what is old.
            fields.put("timestamp", String.valueOf(Instant.now().getEpochSecond()));
            fields.put("nonce", UUID.randomUUID().toString());
            fields.put("sig", VonageSignature.of(fields, credentials.signatureSecret(), credentials.signatureMethod()));
        }
        return fields;
    }
}
