package io.github.smsdispatch.infobip;

import io.github.smsdispatch.AttemptId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What travels with a message as {@code callbackData} and comes back in its delivery report: our reference, and a tag
 * over it that only the holder of the secret can make. {@code sd1.REFERENCE.TAG}, the tag being HMAC-SHA-256 in
 * hexadecimal. Thread-safe.
 */
final class CallbackTag {
    private static final Pattern OURS = Pattern.compile("sd1\\.([0-9a-f-]{36})\\.([0-9a-f]{64})");
    private static final String PREFIX = "sd1.";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** Never fed, only copied: to find the algorithm and set up the key takes longer than the tag itself. */
    private final Mac keyed;

    CallbackTag(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.keyed = keyed(key);
    }

    String write(AttemptId reference) {
        return PREFIX + reference + "." + HexFormat.of().formatHex(tag(reference.toString()));
    }

    /** Whether a report's data is no one's, another application's, or ours with the right tag for that message. */
    boolean mayBelongTo(@Nullable String callbackData, String messageId) {
        if (callbackData == null || !callbackData.startsWith(PREFIX)) {
            return true;
        }
        Matcher ours = OURS.matcher(callbackData);
        return ours.matches()
                && ours.group(1).equals(messageId)
                && MessageDigest.isEqual(HexFormat.of().parseHex(ours.group(2)), tag(messageId));
    }

    private byte[] tag(String reference) {
        return fresh().doFinal(reference.getBytes(StandardCharsets.UTF_8));
    }

    private Mac fresh() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            return keyed(key); // some security providers cannot copy
        }
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + ALGORITHM, e);
        }
    }
}
