package io.github.smsdispatch.webhooks;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.DisplayName;

@DisplayName("In a servlet container,")
class WebhookServletTest extends WebhookServerContract {
    private Server server;
    private ServerConnector connector;

    @Override
    int start(WebhookReceiver target, WebhookOptions options) throws Exception {
        server = new Server(new QueuedThreadPool(8));
        connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(3_000);
        server.addConnector(connector);
        var context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new WebhookServlet(target, options)), "/hooks/*");
        server.setHandler(context);
        server.start();
        return port();
    }

    @Override
    int port() {
        return connector.getLocalPort();
    }

    @Override
    void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }
}
