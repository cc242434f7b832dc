package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The token of a webhook of the Messages API
 * (https://developer.vonage.com/en/getting-started/concepts/webhooks#signed-webhooks, read 2026-11): a JWT signed with
 * HS256 and the account's signature secret, whatever the setting for the SMS API is, with a hash of the body in it. Vonage
 * calls checking the hash optional; without it, a token that was seen once would vouch for any body. Thread-safe.
 */
final class WebhookToken {
    /** Those of Vonage have some 500 characters. */
    private static final int MAX_LENGTH = 4_096;

    private final SecretKeySpec key;
    private final String apiKey;
    private final SignatureAge age;

    WebhookToken(String secret, String apiKey, SignatureAge age) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.apiKey = apiKey;
        this.age = age;
    }

    /** Whether the token is genuine, recent, this account's, and of this body. Never throws for what it holds. */
    boolean matches(String token, byte[] body) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (token.length() > MAX_LENGTH || first < 0 || first == last) {
            return false;
        }
        byte @Nullable [] signature = decode(token.substring(last + 1));
        if (signature == null || !MessageDigest.isEqual(sign(token.substring(0, last)), signature)) {
            return false;
        }
        // Behind the signature, so that nobody without the secret can talk us into another algorithm.
        JsonNode header = json(token.substring(0, first));
        JsonNode claims = json(token.substring(first + 1, last));
        return "HS256".equals(Json.text(header, "alg"))
                && header.path("crit").isMissingNode()
                && apiKey.equals(Json.text(claims, "api_key"))
                && isRecent(claims)
                && isOf(body, claims);
    }

    private boolean isRecent(JsonNode claims) {
        JsonNode issued = claims.path("iat");
        JsonNode expires = claims.path("exp");
        JsonNode notBefore = claims.path("nbf");
        return issued.isNumber()
                && age.isGood(issued.asLong())
                && (expires.isMissingNode() || (expires.isNumber() && age.now() < expires.asLong()))
                && (notBefore.isMissingNode() || (notBefore.isNumber() && !age.isAhead(notBefore.asLong())));
    }

    private static boolean isOf(byte[] body, JsonNode claims) {
        try {
            byte[] given = HexFormat.of().parseHex(String.valueOf(Json.text(claims, "payload_hash")));
            return MessageDigest.isEqual(MessageDigest.getInstance("SHA-256").digest(body), given);
        } catch (IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    /** A missing node where it is no JSON. */
    private static JsonNode json(String part) {
        byte @Nullable [] bytes = decode(part);
        return Json.read(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte @Nullable [] decode(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
