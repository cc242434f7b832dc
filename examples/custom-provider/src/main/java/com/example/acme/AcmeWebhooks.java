package com.example.acme;

import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receipts that Acme posts, signed together with the time at which it signed. */
final class AcmeWebhooks {
    private static final int MAX_BODY = 64 * 1024;
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** {@code t=} seconds since 1970, {@code v1=} HMAC-SHA256 in hex over seconds, full stop, body. */
    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,11}),v1=([0-9a-f]{64})");

    private final Optional<String> secret;
    private final AcmeReports reports;

    AcmeWebhooks(Optional<String> secret, AcmeReports reports) {
        this.secret = secret;
        this.reports = reports;
    }

    WebhookVerdict parse(WebhookRequest request) {
        byte[] body = request.body();
        if (body.length > MAX_BODY) {
            return WebhookVerdict.refused(413, "larger than " + MAX_BODY + " bytes");
        }
        if (secret.isEmpty()) {
            return WebhookVerdict.refused(403, "receipts cannot be verified: set webhook-secret");
        }
        // Before anything of the body is read.
        Matcher signature = SIGNATURE.matcher(request.header("X-Acme-Signature").orElse(""));
        if (!signature.matches() || !isGenuine(signature, body) || !isRecent(signature)) {
            return WebhookVerdict.refused(403, "not signed, too old, or the signature does not match");
        }
        return reports.receipt(Json.read(request.bodyText()))
                .map(receipt -> WebhookVerdict.of(List.of(receipt)))
                .orElseGet(() -> WebhookVerdict.refused(400, "no JSON with id and status"));
    }

    private boolean isGenuine(Matcher signature, byte[] body) {
        byte[] expected = sign(secret.orElseThrow(), signature.group(1), body);
        return MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature.group(2)));
    }

    private static boolean isRecent(Matcher signature) {
        Instant signed = Instant.ofEpochSecond(Long.parseLong(signature.group(1)));
        return Duration.between(signed, Instant.now()).abs().compareTo(TOLERANCE) <= 0;
    }

    static byte[] sign(String secret, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HMAC-SHA256, which every one must have", e);
        }
    }
}
