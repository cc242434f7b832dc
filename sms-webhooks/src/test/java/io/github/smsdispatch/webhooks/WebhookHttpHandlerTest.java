package io.github.smsdispatch.webhooks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;

@DisplayName("In the HTTP server of the JDK,")
class WebhookHttpHandlerTest extends WebhookServerContract {
    private ExecutorService threads;
    private HttpServer server;

    @Override
    int start(WebhookReceiver target, WebhookOptions options) throws IOException {
        threads = Executors.newFixedThreadPool(4);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hooks", new WebhookHttpHandler(target, options));
        server.setExecutor(threads);
        server.start();
        return port();
    }

    @Override
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    void stop() {
        if (server != null) {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
