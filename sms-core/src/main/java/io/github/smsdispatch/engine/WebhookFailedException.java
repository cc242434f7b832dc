package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Trace;

/**
 * Code that is not the engine's failed on a webhook request, a provider's module or {@link
 * DispatchEngineBuilder#tenantsOf}: the provider should come again. Shows the class of what was thrown and where, not what
 * it says, which may hold a number or a text.
 */
public final class WebhookFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WebhookFailedException(String what, Throwable thrown) {
        super(what + " threw " + thrown.getClass().getName(), Trace.ofCause(thrown));
        setStackTrace(thrown.getStackTrace());
    }
}
