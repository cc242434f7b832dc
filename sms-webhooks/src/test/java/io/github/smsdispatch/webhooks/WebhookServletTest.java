package io.github.smsdispatch.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.spi.WebhookVerdict;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("In a servlet container,")
class WebhookServletTest extends WebhookServerContract {
    /** What the container takes for the host where a request names none. */
    private String authority = "sms.example.org:80";

    private Server server;
    private ServerConnector connector;

    @Override
    int start(WebhookReceiver target, WebhookOptions options) throws Exception {
        server = new Server(new QueuedThreadPool(8));
        var http = new HttpConfiguration();
        http.setServerAuthority(new HostPort(authority));
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
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

    @ParameterizedTest
    @CsvSource({"sms.example.org:80, http://sms.example.org", "sms.example.org:8080, http://sms.example.org:8080"})
    @DisplayName("a request without a Host header has the URL that the container knows, without the usual port")
    void noHost(String known, String origin) throws Exception {
        authority = known;
        var urls = new LinkedBlockingQueue<String>();
        int port = start(
                (account, request) -> {
                    urls.add(request.url());
                    return WebhookVerdict.of(List.of());
                },
                WebhookOptions.defaults());

        assertThat(Wire.exchange(port, "GET /hooks/twilio HTTP/1.0\r\n\r\n").status())
                .isEqualTo(200);

        assertThat(urls).containsExactly(origin + "/hooks/twilio");
    }

    @Test
    @DisplayName("the usual port is that of the scheme")
    void usualPort() {
        assertThat(WebhookServlet.authority("https", "a.example", 443)).isEqualTo("a.example");
        assertThat(WebhookServlet.authority("https", "a.example", 80)).isEqualTo("a.example:80");
        assertThat(WebhookServlet.authority("http", "a.example", 443)).isEqualTo("a.example:443");
    }

    @Override
    void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }
}
