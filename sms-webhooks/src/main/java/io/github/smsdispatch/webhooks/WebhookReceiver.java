package io.github.smsdispatch.webhooks;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;

/**
 * Who is given the requests: {@code engine::receive}, or whatever stands in front of it. Called by several threads at a
 * time, each of which serves one request.
 */
@FunctionalInterface
public interface WebhookReceiver {
    /**
     * Verifies a request and keeps what it tells. Whatever this throws is answered 503, so that the provider comes again.
     *
     * @return how to answer
     * @throws io.github.smsdispatch.store.StoreException if it could not be kept
     * @throws io.github.smsdispatch.engine.InboundHandlerException if the application did not take a text
     */
    WebhookVerdict receive(ProviderAccount account, WebhookRequest request);
}
