package io.github.smsdispatch.testkit.carrier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Vonage's delivery receipts (SMS API, "Delivery receipt" webhook). */
final class VonageReceipts {
    static final String NETWORK = "23410";

    private static final DateTimeFormatter SCTS =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter PUSHED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final VonageCredentials credentials;
    private final VonageReceiptFormat format;
    private final CarrierBooks books;

    VonageReceipts(VonageCredentials credentials, VonageReceiptFormat format, CarrierBooks books) {
        this.credentials = credentials;
        this.format = format;
        this.books = books;
    }

    /** The receipt of one part. */
    ReceiptRequest request(CarrierMessage message, String partId, Life.Step step, URI to) {
        Map<String, String> fields = fields(message, partId, step);
        return switch (format) {
            case POST_JSON -> {
                ObjectNode json = Json.object();
                fields.forEach(json::put);
                yield new ReceiptRequest("POST", to, Map.of("Content-Type", "application/json"), json.toString());
            }
            case POST_FORM ->
                new ReceiptRequest(
                        "POST", to, Map.of("Content-Type", "application/x-www-form-urlencoded"), Form.encode(fields));
            case GET_QUERY -> {
                String separator = to.getRawQuery() == null ? "?" : "&";
                yield new ReceiptRequest("GET", URI.create(to + separator + Form.encode(fields)), Map.of(), "");
            }
        };
    }

    private Map<String, String> fields(CarrierMessage message, String partId, Life.Step step) {
        Draft draft = message.draft();
        var fields = new LinkedHashMap<String, String>();
        fields.put("msisdn", draft.recipient().substring(1));
        fields.put("to", Objects.requireNonNull(draft.sender(), "Vonage takes nothing without a sender"));
        fields.put("network-code", NETWORK);
        fields.put("messageId", partId);
        fields.put("price", "0.03330000");
        fields.put("status", VonageDialect.word(step));
        fields.put("scts", SCTS.format(step.at()));
        fields.put("err-code", step.errorCode() == null ? "0" : step.errorCode());
        fields.put("api-key", credentials.apiKey());
        if (draft.reference() != null) {
            fields.put("client-ref", draft.reference());
        }
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
