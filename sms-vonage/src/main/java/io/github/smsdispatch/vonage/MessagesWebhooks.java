package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the Messages API tells in its webhooks of version 1: the status of a whole text, and texts that came in whole
 * (OpenAPI document 1.20.0, read 2026-11). Other channels than SMS are of no interest.
 */
final class MessagesWebhooks {
    private final ProviderAccount account;
    private final ReceiptWords words;

    MessagesWebhooks(ProviderAccount account, ReceiptWords words) {
        this.account = account;
        this.words = words;
    }

    WebhookVerdict read(JsonNode body) {
        @Nullable String id = Json.text(body, "message_uuid");
        if (id == null) {
            return WebhookVerdict.refused(400, "no message id in it");
        }
        if (!"sms".equals(Objects.requireNonNullElse(Json.text(body, "channel"), "sms"))) {
            return WebhookVerdict.of(List.of());
        }
        @Nullable String status = Json.text(body, "status");
        if (status != null) {
            return WebhookVerdict.of(List.of(words.receipt(
                    id,
                    Json.text(body, "client_ref"),
                    status,
                    ProblemCode.of(body.path("error")),
                    date(Json.text(body, "timestamp")))));
        }
        @Nullable String from = Json.text(body, "from");
        @Nullable String to = Json.text(body, "to");
        if (from == null || to == null) {
            return WebhookVerdict.refused(400, "neither a status nor a text that came in, in webhooks of version v1");
        }
        return WebhookVerdict.of(List.of(new InboundText(
                account,
                id,
                Numbers.written(from),
                Numbers.written(to),
                Objects.requireNonNullElse(Json.text(body, "text"), ""),
                null,
                date(Json.text(body, "timestamp")))));
    }

    private static @Nullable Instant date(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
