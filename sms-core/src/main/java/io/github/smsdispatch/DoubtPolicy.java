package io.github.smsdispatch;

/** What becomes of a message when it cannot be known whether a provider took it. */
public enum DoubtPolicy {
    /** Never hand it over again: at most once. It ends {@link MessageState#UNCONFIRMED} if no receipt ever comes. */
    HOLD,
    /**
     * Hand it over again, accepting that the recipient may get it several times: at least once. Three times by default ({@link
     * io.github.smsdispatch.engine.DispatchEngineBuilder#maxResends}); where all answers are lost it then goes on as with
     * {@link #HOLD}, so that nobody gets a copy for each answer that is lost.
     */
    RESEND
}
