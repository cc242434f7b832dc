package io.github.smsdispatch;

/** Why a message that is due waits in {@link MessageState#QUEUED}. */
public enum HoldReason {
    /** No account that could carry it is up and running at the moment. */
    NO_PROVIDER_UP,
    /** A provider asked us to slow down. */
    THROTTLED,
    /** A provider was not there, or said no for a reason that may pass; it is tried again after a pause. */
    RETRY_LATER
}
