package io.github.smsdispatch;

/** How urgent a message is. A lane never starves another, but a more urgent one is served first. */
public enum Lane {
    /** Somebody waits for it: a reply, a one-time code. */
    REPLY,
    /** The default. */
    NORMAL,
    /** One of very many. */
    BULK
}
