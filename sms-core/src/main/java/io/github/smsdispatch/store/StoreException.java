package io.github.smsdispatch.store;

/**
 * The store cannot be used at the moment: connection lost, lock waits exhausted, disk full. Nothing of the call is kept
 * that its caller was not told of. The engine holds, backs off and tries again.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was tried and what to do; no number or text in it
     * @param cause what the database said
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
