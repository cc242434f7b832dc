package io.github.smsdispatch.vonage;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the SMS API tells: delivery receipts, one for each part of a text, and texts that came in, part by part (OpenAPI
 * document 1.5.1, guides "Delivery receipts" and "Inbound SMS", read 2026-11).
 */
final class SmsWebhooks {
    /** Parameter {@code message-timestamp}, in UTC. */
    private static final DateTimeFormatter PUSHED_AT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final ProviderAccount account;
    private final ReceiptWords words;

    SmsWebhooks(ProviderAccount account, ReceiptWords words) {
        this.account = account;
        this.words = words;
    }

    WebhookVerdict read(Form parameters) {
        @Nullable String id = parameters.first("messageId").orElse(null);
        @Nullable String status = parameters.first("status").orElse(null);
        if (id != null && status != null) {
            return WebhookVerdict.of(List.of(words.receipt(
                    id,
                    parameters.first("client-ref").orElse(null),
                    status,
                    parameters.first("err-code").orElse(null),
                    pushedAt(parameters))));
        }
        @Nullable String from = parameters.first("msisdn").orElse(null);
        @Nullable String to = parameters.first("to").orElse(null);
        boolean isText = parameters.has("text") || parameters.has("data") || parameters.has("type");
        if (id == null || from == null || to == null || !isText) {
            return WebhookVerdict.refused(400, "neither a receipt nor a text that came in");
        }
        return WebhookVerdict.of(List.of(new InboundText(
                account,
                id,
                Numbers.written(from),
                Numbers.written(to),
                // A binary message has its bytes in the parameter data, and no text.
                parameters.first("text").orElse(""),
                part(parameters),
                pushedAt(parameters))));
    }

    /** Null where it is a whole text, or does not say rightly which part it is. */
    private static InboundText.@Nullable Part part(Form parameters) {
        @Nullable String reference = parameters.first("concat-ref").orElse(null);
        int number = octet(parameters, "concat-part");
        int total = octet(parameters, "concat-total");
        boolean isPart = parameters.first("concat").filter("true"::equals).isPresent();
        return isPart && reference != null && reference.length() <= 32 && number >= 1 && number <= total
                ? new InboundText.Part(reference, number, total)
                : null;
    }

    /** Parts are counted in one octet (3GPP TS 23.040 section 9.2.3.24.1); 0: no such number. */
    private static int octet(Form parameters, String name) {
        return parameters
                .first(name)
                .filter(value -> value.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .filter(value -> value <= 255)
                .orElse(0);
    }

    private static @Nullable Instant pushedAt(Form parameters) {
        return parameters.first("message-timestamp").flatMap(SmsWebhooks::date).orElse(null);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, PUSHED_AT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
