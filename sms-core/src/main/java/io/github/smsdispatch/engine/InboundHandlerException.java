package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Trace;

/**
 * An {@link InboundHandler} did not take a text: the provider should come again. Shows the class of what was thrown and
 * where, not what it says, which may hold a number or the text.
 */
public final class InboundHandlerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InboundHandlerException(Throwable thrown) {
        super("the inbound handler threw " + thrown.getClass().getName(), Trace.ofCause(thrown));
        setStackTrace(thrown.getStackTrace());
    }
}
