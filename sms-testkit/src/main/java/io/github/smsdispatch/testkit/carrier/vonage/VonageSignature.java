package io.github.smsdispatch.testkit.carrier.vonage;

import io.github.smsdispatch.testkit.carrier.VonageCredentials.SignatureMethod;
import io.github.smsdispatch.testkit.carrier.wire.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The {@code sig} parameter of requests and receipts (Vonage docs, "Signing messages", read 2026-11). */
public final class VonageSignature {
    private VonageSignature() {}

    /**
     * The value of {@code sig}.
     *
     * @param parameters all of them, {@code sig} itself apart; blank ones are left out, as Vonage's SDK does
     */
    public static String of(Map<String, String> parameters, String secret, SignatureMethod method) {
        var text = new StringBuilder();
        new TreeMap<>(parameters).forEach((name, value) -> {
            if (!name.equals("sig") && !value.isBlank()) {
                text.append('&')
                        .append(name)
                        .append('=')
                        .append(value.replace('&', '_').replace('=', '_'));
            }
        });
        byte[] signature =
                switch (method) {
                    case MD5_HASH -> md5(text + secret);
                    case HMAC_MD5 -> Hashes.hmac("HmacMD5", secret, text.toString());
                    case HMAC_SHA1 -> Hashes.hmac("HmacSHA1", secret, text.toString());
                    case HMAC_SHA256 -> Hashes.hmac("HmacSHA256", secret, text.toString());
                    case HMAC_SHA512 -> Hashes.hmac("HmacSHA512", secret, text.toString());
                };
        return HexFormat.of().formatHex(signature);
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks MD5", e);
        }
    }
}
