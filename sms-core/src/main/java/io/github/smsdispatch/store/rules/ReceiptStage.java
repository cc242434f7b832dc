package io.github.smsdispatch.store.rules;

/** How far a receipt in the inbox has come. */
public enum ReceiptStage {
    /** Nobody has looked at it yet. */
    NEW,

    /** It belonged to no known hand-over so far, and is tried again: see {@link Retries}. */
    RETRY,

    /** It has been tried for so long that it is a stranger's. Only a look-up that brings it again can still apply it. */
    GIVEN_UP,

    /** It has been applied. */
    APPLIED
}
