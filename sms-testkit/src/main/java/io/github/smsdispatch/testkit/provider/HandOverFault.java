package io.github.smsdispatch.testkit.provider;

/** Everything that is made to go wrong during a hand-over, with the ending that any provider must give it. */
public enum HandOverFault {
    /** Nobody listens on the port. */
    CONNECTION_REFUSED(Ending.UNAVAILABLE, Where.NO_SERVER),
    /** The host name does not exist. */
    UNKNOWN_HOST(Ending.UNAVAILABLE, Where.NO_SERVER),
    /** The server answers the TLS handshake with plain text. */
    TLS_FAILURE(Ending.UNAVAILABLE, Where.NO_SERVER),
    /** The server takes the connection and closes it without reading. */
    CLOSE_ON_ACCEPT(Ending.UNKNOWN, Where.CONNECTION),
    /** The server closes an idle connection just as it is used again. */
    CLOSE_WHILE_POOLED(Ending.UNKNOWN, Where.POOLED),
    /** The server reads the first byte on a connection that is used again, and closes. */
    CLOSE_POOLED_AT_FIRST_BYTE(Ending.UNKNOWN, Where.POOLED),
    /** The server reads the request on a connection that is used again, and closes. */
    CLOSE_POOLED_AFTER_REQUEST(Ending.UNKNOWN, Where.POOLED),
    /** The server reads the request and closes. */
    CLOSE_AFTER_REQUEST(Ending.UNKNOWN, Where.CONNECTION),
    /** The server reads the request and resets the connection. */
    RESET_AFTER_REQUEST(Ending.UNKNOWN, Where.CONNECTION),
    /** The connection closes within the headers of a yes. */
    CLOSE_IN_HEADERS(Ending.UNKNOWN, Where.CONNECTION),
    /** The connection closes within the body of a yes. */
    CLOSE_IN_BODY(Ending.UNKNOWN, Where.CONNECTION),
    /** The answer is no HTTP. */
    NO_HTTP(Ending.UNKNOWN, Where.CONNECTION),
    /** No answer within the deadline. */
    STALL_BEFORE_ANSWER(Ending.UNKNOWN, Where.STALL),
    /** The answer stops within its headers. */
    STALL_IN_HEADERS(Ending.UNKNOWN, Where.STALL),
    /** The answer stops within its body. */
    STALL_IN_BODY(Ending.UNKNOWN, Where.STALL),
    /** A yes with an empty body. */
    SUCCESS_EMPTY(Ending.UNKNOWN, Where.ANSWER),
    /** A yes whose body is no JSON. */
    SUCCESS_GARBAGE(Ending.UNKNOWN, Where.ANSWER),
    /** A yes whose body is JSON of another shape. */
    SUCCESS_OTHER_SHAPE(Ending.UNKNOWN, Where.ANSWER),
    /** A yes that is larger than any answer may be. */
    SUCCESS_HUGE(Ending.UNKNOWN, Where.ANSWER),
    /** 204 without a body. */
    STATUS_204(Ending.UNKNOWN, Where.ANSWER),
    /** A redirect that asks for the same POST again. */
    STATUS_307(Ending.UNKNOWN, Where.ANSWER),
    /** A redirect that asks for the same POST again, for good. */
    STATUS_308(Ending.UNKNOWN, Where.ANSWER),
    /** Bad credentials. */
    STATUS_401(Ending.ACCOUNT, Where.ANSWER),
    /** Not allowed. */
    STATUS_403(Ending.ACCOUNT, Where.ANSWER),
    /** The server says that it waited for the request too long; HTTP clients like to repeat it. */
    STATUS_408(Ending.UNKNOWN, Where.ANSWER),
    /** The wrong server for this host; HTTP clients like to repeat it. */
    STATUS_421(Ending.UNKNOWN, Where.ANSWER),
    /** Too many requests, come back in 7 s. */
    STATUS_429(Ending.THROTTLED, Where.ANSWER),
    /** Server error. */
    STATUS_500(Ending.UNKNOWN, Where.ANSWER),
    /** A gateway in trouble, with an HTML page. */
    STATUS_502(Ending.UNKNOWN, Where.ANSWER),
    /** Service unavailable. */
    STATUS_503(Ending.UNKNOWN, Where.ANSWER),
    /** Service unavailable, come back at once; HTTP clients like to repeat it. */
    STATUS_503_RETRY_NOW(Ending.UNKNOWN, Where.ANSWER),
    /** Service unavailable, come back in a second. */
    STATUS_503_RETRY_LATER(Ending.UNKNOWN, Where.ANSWER),
    /** A gateway that waited too long. */
    STATUS_504(Ending.UNKNOWN, Where.ANSWER);

    /** Where a fault strikes. */
    enum Where {
        NO_SERVER,
        POOLED,
        CONNECTION,
        STALL,
        ANSWER
    }

    private final Ending ending;
    private final Where where;

    HandOverFault(Ending ending, Where where) {
        this.ending = ending;
        this.where = where;
    }

    /** The ending it must have unless the provider documents another. */
    public Ending ending() {
        return ending;
    }

    Where where() {
        return where;
    }
}
