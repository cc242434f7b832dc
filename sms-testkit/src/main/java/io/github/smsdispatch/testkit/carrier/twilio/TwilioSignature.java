package io.github.smsdispatch.testkit.carrier.twilio;

import io.github.smsdispatch.testkit.carrier.wire.Hashes;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** {@code X-Twilio-Signature} of a form (Twilio docs, "Webhooks security", read 2026-11). */
public final class TwilioSignature {
    private TwilioSignature() {}

    /**
     * The value of the header.
     *
     * @param url as requested, with its raw query
     */
    public static String of(String authToken, String url, Map<String, String> parameters) {
        var signed = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        return Base64.getEncoder().encodeToString(Hashes.hmac("HmacSHA1", authToken, signed.toString()));
    }
}
