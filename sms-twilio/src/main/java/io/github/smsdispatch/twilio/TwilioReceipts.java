package io.github.smsdispatch.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Twilio's words for a message's status mean. */
final class TwilioReceipts {
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private TwilioReceipts() {}

    /** Twilio docs, Messages resource and "Outbound message status in status callbacks", read 2026-11. */
    static ReceiptState state(String status) {
        return switch (status) {
            case "accepted", "scheduled", "queued", "sending", "sent" -> ReceiptState.ENROUTE;
            case "delivered", "read" -> ReceiptState.DELIVERED;
            case "undelivered", "failed", "canceled" -> ReceiptState.UNDELIVERED;
            default -> ReceiptState.UNKNOWN;
        };
    }

    /** The receipt in a message resource; empty where it lacks its SID or status. */
    static Optional<Receipt> of(ProviderAccount account, @Nullable AttemptId reference, JsonNode message) {
        @Nullable String sid = Json.text(message, "sid");
        @Nullable String status = Json.text(message, "status");
        if (sid == null || status == null) {
            return Optional.empty();
        }
        return Optional.of(new Receipt(
                account,
                sid,
                reference,
                state(status),
                status,
                Json.text(message, "error_code"),
                date(message, "date_updated").orElse(null)));
    }

    /** A date of a message resource, such as {@code Thu, 24 Aug 2023 05:01:45 +0000}. */
    static Optional<Instant> date(JsonNode message, String field) {
        @Nullable String text = Json.text(message, field);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(text, RFC_2822).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
