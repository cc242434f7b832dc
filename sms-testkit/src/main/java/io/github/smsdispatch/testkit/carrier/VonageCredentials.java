package io.github.smsdispatch.testkit.carrier;

import org.jspecify.annotations.Nullable;

/**
 * The Vonage account that the simulator plays.
 *
 * @param apiKey the user of Basic auth
 * @param apiSecret the password of Basic auth
 * @param signatureSecret the key for signed requests and receipts; null: receipts are not signed and signed requests
 *     are refused
 * @param signatureMethod the algorithm that goes with the signature secret
 */
public record VonageCredentials(
        String apiKey, String apiSecret, @Nullable String signatureSecret, SignatureMethod signatureMethod) {

    /** How Vonage signs; one setting for the whole account. */
    public enum SignatureMethod {
        /** MD5 over the parameters followed by the secret; Vonage's default. */
        MD5_HASH,
        /** HMAC with MD5. */
        HMAC_MD5,
        /** HMAC with SHA-1. */
        HMAC_SHA1,
        /** HMAC with SHA-256. */
        HMAC_SHA256,
        /** HMAC with SHA-512. */
        HMAC_SHA512
    }

    /** Credentials without a signature secret. */
    public VonageCredentials(String apiKey, String apiSecret) {
        this(apiKey, apiSecret, null, SignatureMethod.MD5_HASH);
    }

    /** Fake credentials, always the same, with receipts signed by HMAC-SHA-256. */
    public static VonageCredentials fake() {
        return new VonageCredentials(
                "abcd1234", "vonage-simulator-secret", "vonage-simulator-signature", SignatureMethod.HMAC_SHA256);
    }

    @Override
    public String toString() {
        return "VonageCredentials[" + apiKey + "]";
    }
}
