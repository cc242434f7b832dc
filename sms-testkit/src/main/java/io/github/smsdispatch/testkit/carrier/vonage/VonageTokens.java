package io.github.smsdispatch.testkit.carrier.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.VonageApplication;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.testkit.carrier.wire.Hashes;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * JSON Web Tokens (RFC 7519): those of an application, RS256, in requests, and Vonage's own, HS256, in webhooks. Their
 * times are real ones, whatever clock the carrier goes by: both sides hold them against their own clock.
 */
final class VonageTokens {
    private static final String BEARER = "Bearer ";
    private static final String HS256 = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

    private final VonageCredentials credentials;
    private final @Nullable VonageApplication application;

    VonageTokens(VonageCredentials credentials, @Nullable VonageApplication application) {
        this.credentials = credentials;
        this.application = application;
    }

    /** Whether a request carries a good token of the application. */
    boolean isFromApplication(HttpCall call) {
        String header = call.header("authorization");
        if (application == null || header == null || !header.startsWith(BEARER)) {
            return false;
        }
        String token = header.substring(BEARER.length());
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        try {
            if (first == last
                    || !"RS256"
                            .equals(json(token.substring(0, first)).path("alg").asText())) {
                return false;
            }
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(application.keys().getPublic());
            check.update(token.substring(0, last).getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getUrlDecoder().decode(token.substring(last + 1)))
                    && isGood(json(token.substring(first + 1, last)), application.id());
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isGood(JsonNode claims, String applicationId) {
        long now = Instant.now().getEpochSecond();
        return claims.path("application_id").asText().equals(applicationId)
                && claims.path("iat").asLong(Long.MAX_VALUE) <= now
                && claims.path("exp").asLong(now + 1) > now
                && !claims.path("jti").asText().isEmpty();
    }

    /** The header of a webhook with this body; null: the account has no signature secret. */
    @Nullable
    String authorization(String body) {
        String secret = credentials.signatureSecret();
        if (secret == null) {
            return null;
        }
        ObjectNode claims = Json.object()
                .put("iat", Instant.now().getEpochSecond())
                .put("jti", UUID.randomUUID().toString())
                .put("iss", "Vonage")
                .put("payload_hash", sha256(body))
                .put("api_key", credentials.apiKey());
        if (application != null) {
            claims.put("application_id", application.id());
        }
        String signed = HS256 + "." + base64(claims.toString());
        return BEARER + signed + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Hashes.hmac("HmacSHA256", secret, signed));
    }

    private static JsonNode json(String part) {
        return Json.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256", e);
        }
    }
}
