/**
 * Receives webhooks of providers: {@link io.github.smsdispatch.webhooks.WebhookHttpHandler} in the HTTP server of the JDK,
 * {@link io.github.smsdispatch.webhooks.WebhookServlet} in any container for Jakarta Servlet. Both take the account from
 * the path, put the URL together that the provider called, and answer as the engine says.
 */
@NullMarked
package io.github.smsdispatch.webhooks;

import org.jspecify.annotations.NullMarked;
