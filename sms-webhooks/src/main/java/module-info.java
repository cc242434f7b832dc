/** Receives webhooks of providers, without a framework. */
module io.github.smsdispatch.webhooks {
    requires transitive io.github.smsdispatch.core;
    requires transitive jdk.httpserver;
    requires org.slf4j;
    // Only for WebhookServlet: the container has it.
    requires static transitive jakarta.servlet;
    requires static transitive org.jspecify;

    exports io.github.smsdispatch.webhooks;
}
