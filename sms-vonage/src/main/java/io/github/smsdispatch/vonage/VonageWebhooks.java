package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks of both APIs, whichever of them sends: the dashboard decides where receipts and inbound texts come from.
 *
 * <p>A bearer token vouches for the body of a POST, the parameter {@code sig} for all parameters of a query, a form or a
 * JSON object. What is vouched for is read by its own form: a field {@code message_uuid} is the Messages API's.
 */
final class VonageWebhooks {
    /** Receipts have a dozen short fields, inbound texts some 3,000 characters. */
    private static final int MAX_SIZE = 64 * 1024;

    private static final int MAX_FIELDS = 200;

    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

    private static final String CHARSET = "charset=";
    private static final String BEARER = "bearer ";

    private final String apiKey;
    private final @Nullable VonageSignature signature;
    private final @Nullable WebhookToken token;
    private final boolean allowUnsigned;
    private final SmsWebhooks sms;
    private final MessagesWebhooks messages;

    VonageWebhooks(VonageSettings settings, SignatureAge age, SmsWebhooks sms, MessagesWebhooks messages) {
        @Nullable String secret = settings.signatureSecret;
        this.apiKey = settings.apiKey;
        this.signature = secret == null ? null : new VonageSignature(secret, settings.signatureMethod, age);
        this.token = secret == null ? null : new WebhookToken(secret, apiKey, age);
        this.allowUnsigned = settings.allowUnsignedWebhooks;
        this.sms = sms;
        this.messages = messages;
    }

    WebhookVerdict parse(WebhookRequest request) {
        byte[] body = request.body();
        if (body.length > MAX_SIZE || request.url().length() > MAX_SIZE) {
            return WebhookVerdict.refused(413, "larger than " + MAX_SIZE + " bytes");
        }
        if (token == null && !allowUnsigned) {
            return WebhookVerdict.refused(
                    403, "webhooks cannot be verified: set signature-secret, or allow-unsigned-webhooks=true");
        }
        try {
            return switch (request.method()) {
                case "GET" -> sms(Form.queryOf(request.url()), false);
                case "POST" -> post(request, body);
                default -> WebhookVerdict.refused(400, "neither GET nor POST");
            };
        } catch (IllegalArgumentException e) {
            return WebhookVerdict.refused(400, "no form");
        }
    }

    private WebhookVerdict post(WebhookRequest request, byte[] body) {
        Optional<String> bearer = bearer(request);
        if (token != null && bearer.isPresent() && !token.matches(bearer.get(), body)) {
            return WebhookVerdict.refused(
                    403,
                    "the token is too old, expired, of another body or account, or not signed with signature-secret");
        }
        boolean isVerified = token != null && bearer.isPresent();
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        @Nullable String text = text(type, body);
        if (text == null) {
            return WebhookVerdict.refused(400, "not in UTF-8");
        }
        if (!type.startsWith("application/json")) {
            return sms(Form.decode(text), isVerified);
        }
        JsonNode json = Json.read(text);
        if (!json.isObject() || json.size() > MAX_FIELDS) {
            return WebhookVerdict.refused(400, "no JSON object, or one of more than " + MAX_FIELDS + " fields");
        }
        // Never by the parameter sig: it does not cover what lies deeper in the object.
        boolean isMessages = json.has("message_uuid") && (isVerified || token == null);
        return isMessages ? messages.read(json) : sms(flat(json), isVerified);
    }

    /** @param isVerified by a token; else the parameters themselves must be signed, where webhooks are */
    private WebhookVerdict sms(Form parameters, boolean isVerified) {
        if (signature != null && !isVerified && !signature.matches(parameters)) {
            return WebhookVerdict.refused(
                    403, "not signed, too old, or the signature does not match: check signature-secret and -method");
        }
        return parameters.first("api-key").filter(key -> !key.equals(apiKey)).isPresent()
                ? WebhookVerdict.refused(403, "for another account")
                : sms.read(parameters);
    }

    private static Optional<String> bearer(WebhookRequest request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    /** Null where it is not in UTF-8. */
    private static @Nullable String text(String contentType, byte[] body) {
        if (!CHARSETS.contains(charset(contentType))) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** As it is named, else UTF-8. */
    private static String charset(String contentType) {
        int at = contentType.indexOf(CHARSET);
        if (at < 0) {
            return "utf-8";
        }
        String rest = contentType.substring(at + CHARSET.length());
        int end = rest.indexOf(';');
        return (end < 0 ? rest : rest.substring(0, end)).replace("\"", "").strip();
    }

    /** The values of a JSON object that are neither objects nor arrays, which the SMS API does not send. */
    private static Form flat(JsonNode json) {
        Form form = Form.empty();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                form = form.with(field.getKey(), field.getValue().asText());
            }
        }
        return form;
    }
}
