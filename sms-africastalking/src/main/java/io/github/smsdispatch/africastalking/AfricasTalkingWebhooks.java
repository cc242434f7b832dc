package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.http.WebhookSecret;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of Africa's Talking (https://developers.africastalking.com/docs/sms/notifications, read 2026-11): forms,
 * posted without a signature to URLs set in the dashboard.
 */
final class AfricasTalkingWebhooks {
    /** A callback has some ten short fields; a text of the largest size, percent-encoded, is far below this. */
    private static final int MAX_BODY = 64 * 1024;

    private final @Nullable WebhookSecret secret;
    private final Callbacks callbacks;

    /** @param secret what stands for a signature; null: nobody is believed */
    AfricasTalkingWebhooks(@Nullable WebhookSecret secret, Callbacks callbacks) {
        this.secret = secret;
        this.callbacks = callbacks;
    }

    WebhookVerdict parse(WebhookRequest request) {
        byte[] body = request.body();
        if (body.length > MAX_BODY) {
            return WebhookVerdict.refused(413, "larger than " + MAX_BODY + " bytes");
        }
        if (secret == null) {
            return WebhookVerdict.refused(403, "callbacks are not signed and cannot be believed: set webhook-secret");
        }
        if (!secret.isIn(request.url())) {
            return WebhookVerdict.refused(
                    403, "the secret is neither the last segment of the path nor the query parameter key or token");
        }
        if (!request.method().equals("POST")
                || !isForm(request.header("Content-Type").orElse(null))) {
            return WebhookVerdict.refused(400, "not a form that was posted");
        }
        try {
            return callbacks.read(Form.decode(utf8(body)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return WebhookVerdict.refused(400, "not encoded as a form in UTF-8");
        }
    }

    /** In UTF-8, which the standard has forms in (WHATWG URL section 5), whether or not a charset is named. */
    private static boolean isForm(@Nullable String contentType) {
        if (contentType == null) {
            return true;
        }
        String type = contentType.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
        int charset = type.indexOf("charset=");
        return type.startsWith("application/x-www-form-urlencoded")
                && (charset < 0 || type.startsWith("utf-8", charset + "charset=".length()));
    }

    private static String utf8(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }
}
