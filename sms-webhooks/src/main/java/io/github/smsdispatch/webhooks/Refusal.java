package io.github.smsdispatch.webhooks;

/** Why a webhook is taken by nobody, how that is answered, and what the log says of it. */
enum Refusal {
    NO_ACCOUNT(404, "is for no account here, or of a kind that its account does not take"),
    METHOD(405, "is neither GET nor POST"),
    NO_HOST(400, "does not say which host it is for"),
    BROKEN_BODY(400, "has a body that broke off or cannot be read"),
    SLOW_BODY(408, "has a body that takes too long"),
    LARGE_BODY(413, "has a body that is too large");

    private final int status;
    private final String reason;

    Refusal(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    /** The end of a sentence about a webhook. */
    String reason() {
        return reason;
    }
}
