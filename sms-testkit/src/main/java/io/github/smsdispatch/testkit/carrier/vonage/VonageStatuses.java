package io.github.smsdispatch.testkit.carrier.vonage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import io.github.smsdispatch.text.Segments;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Webhooks of the Messages API, version 1: the status of a whole text, and texts that come in whole. */
final class VonageStatuses {
    /** The numbers of what the SMS API has error codes for (https://developer.vonage.com/en/api-errors, read 2026-11). */
    private static final Map<String, String> NUMBERS =
            Map.of("2", "1180", "3", "1190", "5", "1200", "7", "1220", "9", "1240", "12", "1260");

    /** The validity ended before the text was delivered (same page). */
    private static final String EXPIRED = "1360";

    private final VonageTokens tokens;

    VonageStatuses(VonageTokens tokens) {
        this.tokens = tokens;
    }

    /** The word for a step; null: nothing happened yet. */
    static String word(Life.@Nullable Step step) {
        if (step == null) {
            return "submitted";
        }
        return switch (step.state()) {
            case ACCEPTED, SENT -> "submitted";
            case DELIVERED -> "delivered";
            case UNDELIVERED -> "9".equals(step.errorCode()) ? "rejected" : "undeliverable";
            case EXPIRED -> "undeliverable";
        };
    }

    /** The error number of a step; null: all is well. */
    static @Nullable String number(Life.@Nullable Step step) {
        if (step != null && step.state() == CarrierState.EXPIRED) {
            return EXPIRED;
        }
        return step == null || step.errorCode() == null ? null : NUMBERS.getOrDefault(step.errorCode(), "1330");
    }

    WebhookRequest status(CarrierMessage message, Life.Step step, URI to) {
        Draft draft = message.draft();
        ObjectNode body = Json.object()
                .put("message_uuid", message.id())
                .put("to", draft.recipient().substring(1))
                .put("from", draft.sender())
                .put("timestamp", seconds(step.at()))
                .put("status", word(step))
                .put("channel", "sms");
        if (draft.reference() != null) {
            body.put("client_ref", draft.reference());
        }
        String number = number(step);
        if (number != null) {
            body.putObject("error")
                    .put("type", "https://developer.vonage.com/api-errors/messages#" + number)
                    .put("title", number)
                    .put("detail", "The text was not delivered")
                    .put("instance", UUID.randomUUID().toString());
        }
        body.putObject("usage").put("currency", "EUR").put("price", "0.0333");
        body.putObject("destination").put("network_code", VonageReceipts.NETWORK);
        body.putObject("sms").put("count_total", String.valueOf(draft.segments()));
        return request(body, to);
    }

    WebhookRequest inbound(InboundText text, Instant now, RandomGenerator random, URI to) {
        ObjectNode body = Json.object()
                .put("channel", "sms")
                .put("message_uuid", new UUID(random.nextLong(), random.nextLong()).toString())
                .put("to", text.to().startsWith("+") ? text.to().substring(1) : text.to())
                .put("from", text.from().substring(1))
                .put("timestamp", seconds(now))
                .put("message_type", "text")
                .put("text", text.text());
        body.putObject("sms")
                .put("num_messages", String.valueOf(Segments.of(text.text()).count()))
                .put("keyword", text.text().strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT));
        body.putObject("usage").put("currency", "EUR").put("price", "0.0333");
        return request(body, to);
    }

    private WebhookRequest request(ObjectNode body, URI to) {
        var headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        String authorization = tokens.authorization(body.toString());
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
        return new WebhookRequest("POST", to, headers, body.toString());
    }

    private static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
