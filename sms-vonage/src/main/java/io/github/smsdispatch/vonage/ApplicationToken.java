package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tokens with which requests show that they come from an application: JWTs signed with RS256
 * (https://developer.vonage.com/en/getting-started/concepts/authentication, read 2026-11). One is used for ten minutes,
 * because signing costs more than all the rest of a request. Thread-safe.
 */
final class ApplicationToken {
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final Duration USE = Duration.ofMinutes(10);

    /** A token from the future is refused, and this machine's clock may be a little ahead of Vonage's. */
    private static final Duration BACKDATED = Duration.ofSeconds(30);

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private record Made(String token, Instant at) {}

    private final String applicationId;
    private final PrivateKey key;
    private final InstantSource clock;
    private volatile @Nullable Made made;

    ApplicationToken(String applicationId, PrivateKey key, InstantSource clock) {
        this.applicationId = applicationId;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Reads the key that the dashboard gives out: RSA, PKCS#8, PEM. The line breaks may be written as {@code \n}, as where
     * a variable of the environment must be one line.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    static PrivateKey key(String pem) {
        String text = pem.replace("\\n", "\n").strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            throw new IllegalArgumentException("not a PEM of PKCS#8");
        }
        String base64 = text.substring(BEGIN.length(), text.length() - END.length());
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not an RSA key");
        }
    }

    /** A token that is good for some minutes more. */
    String current() {
        Instant now = clock.instant();
        Made last = made;
        if (last == null || now.isBefore(last.at()) || now.isAfter(last.at().plus(USE))) {
            last = new Made(make(now), now);
            made = last;
        }
        return last.token();
    }

    private String make(Instant now) {
        String claims = JsonNodeFactory.instance
                .objectNode()
                .put("application_id", applicationId)
                .put("iat", now.minus(BACKDATED).getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond())
                .put("jti", UUID.randomUUID().toString())
                .toString();
        String signed = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            // Without the cause: it may tell of the key.
            throw new IllegalStateException("the private key cannot sign");
        }
    }

    private static String encode(byte[] bytes) {
        return BASE64URL.encodeToString(bytes);
    }
}
