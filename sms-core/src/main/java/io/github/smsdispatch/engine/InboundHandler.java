package io.github.smsdispatch.engine;

import io.github.smsdispatch.spi.InboundText;

/**
 * Is given the texts that people send to our numbers. Called in the thread that calls {@link DispatchEngine#receive},
 * before the provider gets its answer, by several threads at a time. The text counts as taken when this returns: keep it
 * somewhere durable first, and do what takes long elsewhere, as providers wait some seconds for an answer.
 *
 * <p>At least once: a text comes again when this has thrown, when the answer was lost, or when the provider feels like
 * it. Go by {@link InboundText#account} and {@link InboundText#providerMessageId}.
 */
@FunctionalInterface
public interface InboundHandler {
    /**
     * A text has come in.
     *
     * @throws Exception if it could not be taken: the provider is asked to come again
     */
    void onText(InboundText text) throws Exception;
}
