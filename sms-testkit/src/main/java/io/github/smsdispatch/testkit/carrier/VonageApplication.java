package io.github.smsdispatch.testkit.carrier;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/**
 * An application of the Vonage account that the simulator plays: what the Messages API and Identity Insights ask tokens of.
 *
 * @param id a UUID
 * @param keys RSA; the simulator checks tokens with the public one
 * @param getsTexts whether texts from phones go to the application, in the form of the Messages API, and not to the
 *     account, in the form of the SMS API
 */
public record VonageApplication(String id, KeyPair keys, boolean getsTexts) {
    /** A fake application with new keys, which gets the texts. */
    public static VonageApplication fake() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new VonageApplication("aaaaaaaa-bbbb-cccc-dddd-0123456789ab", generator.generateKeyPair(), true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks RSA", e);
        }
    }

    /** The private key as Vonage's dashboard gives it out: PKCS#8 in PEM. */
    public String privateKeyPem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public String toString() {
        return "VonageApplication[" + id + "]";
    }
}
