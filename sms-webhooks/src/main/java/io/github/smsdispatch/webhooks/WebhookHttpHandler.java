package io.github.smsdispatch.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives webhooks in the HTTP server of the JDK.
 *
 * <pre>{@code
 * HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
 * server.createContext("/hooks", new WebhookHttpHandler(engine::receive, options));
 * server.setExecutor(threads);
 * server.start();
 * }</pre>
 *
 * <p>The path behind that of the context names the account: {@code /hooks/twilio} or {@code /hooks/twilio/second}, and
 * anything behind the account. GET and POST are taken. Answers: what the receiver says; 503 with Retry-After where it
 * could not keep what the request tells; 404 for no account, 405, 413 for a body that is too large, 400 for one that
 * breaks off, 500 for whatever else the receiver throws.
 *
 * <p>A client that stops sending half-way holds a thread until the server cuts it off, which this server does not do by
 * itself. So give it an executor with several threads, and where strangers reach it without a proxy start the JVM with
 * {@code -Dsun.net.httpserver.maxReqTime=20}: the seconds within which a request must have come in. Thread-safe.
 */
public final class WebhookHttpHandler implements HttpHandler {
    private final Desk desk;

    /** Receives for providers that reach this server without a proxy between. */
    public WebhookHttpHandler(WebhookReceiver receiver) {
        this(receiver, WebhookOptions.defaults());
    }

    /** Receives with options. */
    public WebhookHttpHandler(WebhookReceiver receiver, WebhookOptions options) {
        this.desk = new Desk(receiver, options);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = desk.answer(call(exchange));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            int length = answer.body().length;
            // To this server 0 means a body of unknown length, and -1 that there is none.
            exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
            if (length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private static Call call(HttpExchange exchange) {
        List<String> length = exchange.getRequestHeaders().getOrDefault("Content-length", List.of());
        return new Call(
                exchange.getRequestMethod(),
                exchange instanceof HttpsExchange ? "https" : "http",
                host(exchange),
                exchange.getHttpContext().getPath().replaceAll("/+$", ""),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders(),
                // The server has read it as a number before.
                length.isEmpty() ? -1 : Long.parseLong(length.get(0).strip()),
                exchange.getRequestBody());
    }

    private static @Nullable String host(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("Host");
    }
}
