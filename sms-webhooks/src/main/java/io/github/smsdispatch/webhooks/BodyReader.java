package io.github.smsdispatch.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Reads bodies of bounded size in bounded time. Thread-safe. */
final class BodyReader {
    private final int maxBytes;
    private final long maxNanos;
    private final LongSupplier nanoTime;

    /** The body is still coming when its time is over. */
    static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlowException() {
            super("the body takes too long");
        }
    }

    BodyReader(int maxBytes, long maxNanos, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.maxNanos = maxNanos;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads to the end. The time is looked at between pieces, for clients that send one byte at a time; when nothing comes
     * at all, only the server can end the wait.
     *
     * @return the bytes; empty if there are more than allowed, of which no more than that was read
     * @throws TooSlowException if the body takes too long
     * @throws IOException if it breaks off
     */
    Optional<byte[]> read(InputStream body) throws IOException {
        long start = nanoTime.getAsLong();
        var bytes = new ByteArrayOutputStream();
        var piece = new byte[8_192];
        while (true) {
            int read = body.read(piece, 0, Math.min(piece.length, maxBytes + 1 - bytes.size()));
            if (read < 0) {
                return Optional.of(bytes.toByteArray());
            }
            bytes.write(piece, 0, read);
            if (bytes.size() > maxBytes) {
                return Optional.empty();
            }
            if (nanoTime.getAsLong() - start > maxNanos) {
                throw new TooSlowException();
            }
        }
    }
}
