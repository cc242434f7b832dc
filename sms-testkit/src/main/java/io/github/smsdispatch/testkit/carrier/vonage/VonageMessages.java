package io.github.smsdispatch.testkit.carrier.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/messages} for texts by SMS: one id for a whole text, problems (RFC 7807) for what is wrong with it
 * (OpenAPI document Messages 1.20.0; numbers from https://developer.vonage.com/en/api-errors, both read 2026-11). Which
 * number belongs to which mistake at submission is documented for a few only; the others are the nearest ones.
 */
final class VonageMessages {
    private static final String API = "api";
    private static final int MAX_TEXT = 3200;
    private static final int MAX_CLIENT_REF = 100;
    private static final long MIN_TTL_SECONDS = 20;
    private static final long MAX_TTL_SECONDS = 604_800;
    private static final long DEFAULT_TTL_SECONDS = 259_200;

    private final VonageCredentials credentials;
    private final VonageTokens tokens;
    private final CarrierBooks books;

    VonageMessages(VonageCredentials credentials, VonageTokens tokens, CarrierBooks books) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.books = books;
    }

    /** Whether a message came by this API, and not by the SMS API. */
    static boolean sent(Draft draft) {
        return draft.details().containsKey(API);
    }

    static HttpAnswer accepted(CarrierMessage message) {
        return HttpAnswer.json(202, Json.object().put("message_uuid", message.id()));
    }

    static HttpAnswer throttled() {
        return VonageDialect.problem(429, "throttled", "You have hit the rate limit")
                .withHeader("Retry-After", "1");
    }

    Reading read(HttpCall call) {
        if (!call.isFrom(credentials.apiKey(), credentials.apiSecret()) && !tokens.isFromApplication(call)) {
            return refused(401, "unauthorized", "You did not provide correct credentials.");
        }
        JsonNode message;
        try {
            message = Json.parse(call.body());
        } catch (IllegalArgumentException e) {
            return refused(400, "invalid-json", "The request body did not contain valid JSON");
        }
        Reading invalid = check(message);
        if (invalid != null) {
            return invalid;
        }
        String recipient = "+" + message.path("to").asText();
        String from = message.path("from").asText();
        if (books.isOptedOut(recipient, from)) {
            return refused(422, "messages#1240", "Illegal Number");
        }
        String text = message.path("text").asText();
        String encoding = message.path("sms").path("encoding_type").asText("auto");
        String sent = encoding.equals("text") ? VonageSubmissions.mangled(text) : text;
        return Reading.submission(new Draft(
                        recipient,
                        from,
                        null,
                        sent,
                        VonageSubmissions.parts(sent, encoding.equals("unicode")),
                        textOf(message, "client_ref"),
                        textOf(message, "webhook_url"),
                        Duration.ofSeconds(message.path("ttl").asLong(DEFAULT_TTL_SECONDS)))
                .withDetail(API, "messages"));
    }

    private static @Nullable Reading check(JsonNode message) {
        if (!"sms".equals(textOf(message, "channel"))) {
            return refused(422, "messages#1400", "Unsupported channel");
        }
        if (!"text".equals(textOf(message, "message_type"))) {
            return refused(422, "messages#1440", "Invalid message type");
        }
        String to = textOf(message, "to");
        if (to == null || !VonageSubmissions.TO.matcher(to).matches()) {
            return refused(422, "messages#1430", "Invalid recipient");
        }
        String from = textOf(message, "from");
        if (from == null || !VonageSubmissions.FROM.matcher(from).matches()) {
            return refused(422, "messages#1420", "Invalid sender");
        }
        String text = textOf(message, "text");
        if (text == null || text.length() > MAX_TEXT) {
            return refused(422, text == null ? "messages#1010" : "messages#1090", "Invalid text");
        }
        String reference = textOf(message, "client_ref");
        if (reference != null && reference.length() > MAX_CLIENT_REF) {
            return refused(422, "messages#1450", "Invalid client reference");
        }
        long ttl = message.path("ttl").asLong(DEFAULT_TTL_SECONDS);
        if (ttl < MIN_TTL_SECONDS || ttl > MAX_TTL_SECONDS) {
            return refused(422, "messages#1130", "Invalid TTL");
        }
        return Set.of("auto", "text", "unicode")
                        .contains(message.path("sms").path("encoding_type").asText("auto"))
                ? null
                : refused(422, "messages#1410", "Invalid channel parameters");
    }

    /** Null where it is no string, or an empty one. */
    private static @Nullable String textOf(JsonNode message, String field) {
        String text = message.path(field).textValue();
        return text == null || text.isEmpty() ? null : text;
    }

    private static Reading refused(int status, String type, String title) {
        String kind = type.substring(type.indexOf('#') + 1);
        return Reading.refused("vonage " + kind, VonageDialect.problem(status, type, title));
    }
}
