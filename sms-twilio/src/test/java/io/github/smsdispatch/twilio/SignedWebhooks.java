package io.github.smsdispatch.twilio;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests as Twilio signs them (https://www.twilio.com/docs/usage/webhooks/webhooks-security, read 2026-11). */
final class SignedWebhooks {
    static final AttemptId REFERENCE = AttemptId.parse("01920000-0000-7000-8000-000000000007");

    private static final String URL = "https://example.com/sms/twilio?ref=" + REFERENCE;

    private SignedWebhooks() {}

    static WebhookRequest form(String body) {
        var text = new StringBuilder(URL);
        try {
            Form.decode(body).fields().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> text.append(field.getKey()).append(field.getValue()));
        } catch (IllegalArgumentException e) {
            text.append(body); // no form, so nobody can say what is signed
        }
        return request("POST", URL, "application/x-www-form-urlencoded", body, signature(text.toString()));
    }

    static WebhookRequest query(String query) {
        String url = URL + "&" + query;
        return request("GET", url, "", "", signature(url));
    }

    static WebhookRequest json(String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            String url = URL + "&bodySHA256=" + HexFormat.of().formatHex(hash);
            return request("POST", url, "application/json", body, signature(url));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static WebhookRequest request(String method, String url, String type, String body, String signature) {
        return new WebhookRequest(
                method,
                url,
                Map.of("X-Twilio-Signature", List.of(signature), "Content-Type", List.of(type)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Accounts.AUTH_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
