package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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

    @Test
    @DisplayName("a missing limit of the server for slow clients is told in the log, and one that is set is not")
    void limitOfTheServer() throws Exception {
        String name = "sun.net.httpserver.maxReqTime";
        WebhookReceiver nobody = (account, request) -> WebhookVerdict.of(List.of());
        String set = System.getProperty(name);
        assertThat(Screen.during(() -> new WebhookHttpHandler(nobody))).isEmpty();
        System.clearProperty(name);
        try {
            assertThat(Screen.during(() -> new WebhookHttpHandler(nobody)))
                    .contains("WARN")
                    .contains("the system property " + name + " is not set");
        } finally {
            System.setProperty(name, set);
        }
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
