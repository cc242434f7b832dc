package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.Receipt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over texts that must be unique to the letter: narrow in an index, and free of what collations think of case,
 * accents and blanks at the end.
 */
final class Hashes {
    private Hashes() {}

    static byte[] ofKey(String tenant, String idempotencyKey) {
        return of(tenant, idempotencyKey);
    }

    /** Of what makes two receipts the same. */
    static byte[] of(Receipt receipt) {
        return of(
                receipt.account().provider(),
                receipt.account().account(),
                receipt.providerMessageId(),
                receipt.state().name(),
                receipt.status(),
                receipt.errorCode());
    }

    /** Of what makes two words of a person the same. */
    static byte[] ofEvent(ProviderAccount account, String eventId) {
        return of(account.provider(), account.account(), eventId);
    }

    private static byte[] of(@Nullable String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            // The length in front keeps "ab" + "c" apart from "a" + "bc", and null from the empty text.
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4)
                    .putInt(text == null ? -1 : bytes.length)
                    .array());
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
