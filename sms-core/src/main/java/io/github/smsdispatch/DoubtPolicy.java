package io.github.smsdispatch;

/** What becomes of a message when it cannot be known whether a provider took it. */
public enum DoubtPolicy {
    /** Never hand it over again: at most once. It ends {@link MessageState#UNCONFIRMED} if no receipt ever comes. */
    HOLD,
    /** Hand it over again, accepting that the recipient may get it twice: at least once. */
    RESEND
}
