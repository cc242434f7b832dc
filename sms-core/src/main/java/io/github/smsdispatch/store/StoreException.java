package io.github.smsdispatch.store;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be used at the moment: connection lost, lock waits exhausted, disk full, read-only. Nothing of the call
 * is kept, unless the connection broke during the commit: then nobody knows, the message says so, and the same call may be
 * made again. The engine holds, backs off and tries again.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was tried and what to do; no number or text in it
     * @param cause what the database said; null where none was asked
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
