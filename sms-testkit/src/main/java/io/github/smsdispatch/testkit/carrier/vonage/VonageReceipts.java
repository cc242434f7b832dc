package io.github.smsdispatch.testkit.carrier.vonage;

import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Objects;

/** Vonage's delivery receipts (SMS API, "Delivery receipt" webhook). */
final class VonageReceipts {
    static final String NETWORK = "23410";

    private static final DateTimeFormatter SCTS =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    private final VonageWebhooks webhooks;

    VonageReceipts(VonageWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** The receipt of one part. */
    WebhookRequest request(CarrierMessage message, String partId, Life.Step step, URI to) {
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
        if (draft.reference() != null) {
            fields.put("client-ref", draft.reference());
        }
        return webhooks.request(fields, to);
    }
}
