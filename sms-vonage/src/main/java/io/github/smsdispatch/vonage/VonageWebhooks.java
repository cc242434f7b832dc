package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivery receipts of the SMS API (Vonage docs, "Delivery receipts" and OpenAPI document of the SMS API 1.5.1, read
 * 2026-11). The account decides whether they come as a GET query, a POSTed form or POSTed JSON, so all three are read.
 */
final class VonageWebhooks {
    /** A receipt has a dozen short fields. */
    private static final int MAX_BODY = 64 * 1024;

    /** Parameter {@code message-timestamp}, in UTC. */
    private static final DateTimeFormatter PUSHED_AT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final ProviderAccount account;
    private final String apiKey;
    private final @Nullable VonageSignature signature;
    private final boolean allowUnsigned;

    VonageWebhooks(ProviderAccount account, String apiKey, @Nullable VonageSignature signature, boolean allowUnsigned) {
        this.account = account;
        this.apiKey = apiKey;
        this.signature = signature;
        this.allowUnsigned = allowUnsigned;
    }

    WebhookVerdict parse(WebhookRequest request) {
        if (request.body().length > MAX_BODY) {
            return WebhookVerdict.refused(413, "larger than " + MAX_BODY + " bytes");
        }
        Form parameters;
        try {
            parameters = parameters(request);
        } catch (IllegalArgumentException e) {
            return WebhookVerdict.refused(400, "neither a form nor a JSON object");
        }
        if (signature == null && !allowUnsigned) {
            return WebhookVerdict.refused(
                    403, "receipts cannot be verified: set signature-secret, or allow-unsigned-webhooks=true");
        }
        if (signature != null && !signature.matches(parameters)) {
            return WebhookVerdict.refused(
                    403, "not signed, too old, or the signature does not match: check signature-secret and -method");
        }
        if (parameters.first("api-key").filter(key -> !key.equals(apiKey)).isPresent()) {
            return WebhookVerdict.refused(403, "for another account");
        }
        return read(parameters);
    }

    private static Form parameters(WebhookRequest request) {
        if (!request.method().equals("POST")) {
            return Form.queryOf(request.url());
        }
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/json") ? json(request.bodyText()) : Form.decode(request.bodyText());
    }

    private static Form json(String text) {
        JsonNode body = Json.read(text);
        if (!body.isObject()) {
            throw new IllegalArgumentException("no JSON object");
        }
        Form form = Form.empty();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                form = form.with(field.getKey(), field.getValue().asText());
            }
        }
        return form;
    }

    private WebhookVerdict read(Form receipt) {
        Optional<String> id = receipt.first("messageId");
        Optional<String> status = receipt.first("status");
        if (id.isPresent() && status.isEmpty() && receipt.first("text").isPresent()) {
            return WebhookVerdict.of(List.of()); // a text that came in, no report on one that went out
        }
        if (id.isEmpty() || status.isEmpty()) {
            return WebhookVerdict.refused(400, "neither message id nor status in it");
        }
        return WebhookVerdict.of(List.of(new Receipt(
                account,
                id.get(),
                VonageReceipts.reference(receipt.first("client-ref").orElse(null)),
                VonageReceipts.state(status.get()),
                status.get(),
                VonageReceipts.errorCode(receipt.first("err-code").orElse(null)),
                receipt.first("message-timestamp").flatMap(VonageWebhooks::date).orElse(null))));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, PUSHED_AT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
