package io.github.smsdispatch.googleverify;

/** What became of making a code useless. */
public enum CodeExpiry {
    /** It can no longer be used. */
    EXPIRED,
    /** The server would not: the code has been used, or the request was not one that it takes; it does not say which. */
    NOT_EXPIRED,
    /** The server knows no code of that reference. */
    ABSENT,
    /** No answer, or none that tells. */
    UNKNOWN
}
