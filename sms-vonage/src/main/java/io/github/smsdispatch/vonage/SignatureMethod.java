package io.github.smsdispatch.vonage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The algorithms with which Vonage signs, as its dashboard names them. */
enum SignatureMethod {
    /** MD5 over text and secret, without HMAC; Vonage's default. */
    MD5HASH("MD5"),
    MD5("HmacMD5"),
    SHA1("HmacSHA1"),
    SHA256("HmacSHA256"),
    SHA512("HmacSHA512");

    static final String NAMES = "md5hash, md5, sha1, sha256, sha512";

    private final String algorithm;

    SignatureMethod(String algorithm) {
        this.algorithm = algorithm;
    }

    static SignatureMethod named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    byte[] sign(String text, String secret) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (this == MD5HASH) {
                MessageDigest digest = MessageDigest.getInstance(algorithm);
                digest.update(bytes);
                return digest.digest(key);
            }
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
        }
    }
}
