package io.github.smsdispatch.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives webhooks in the HTTP server of the JDK.
 *
 * <pre>{@code
 * System.setProperty("sun.net.httpserver.maxReqTime", "20");
 * HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
 * server.createContext("/hooks", new WebhookHttpHandler(engine::receive, options));
 * server.setExecutor(Executors.newCachedThreadPool());
 * server.start();
 * }</pre>
 *
 * <p>The path behind that of the context names the account: {@code /hooks/twilio} or {@code /hooks/twilio/second}, and
 * anything behind the account. GET and POST are taken. Answers: what the receiver says; 503 with Retry-After whatever it
 * throws; 404 for no account, 405, 413 for a body that is too large, 400 for one that breaks off, 408 for one that takes
 * too long. What is not taken is told in the log, once a minute for each kind.
 *
 * <p>A client that stops sending half-way holds a thread until the server cuts it off, which this server does not do by
 * itself: as many such clients as it has threads, and nobody is served any more. So give it an executor that grows (a
 * cached pool, or virtual threads), and say how many seconds a request may take to come in, by the system property {@code
 * sun.net.httpserver.maxReqTime}; the wait for a thread counts, too. As such an executor has no bound of its own, put the
 * server behind a proxy that limits connections and buffers requests. The JVM reads the property once, before the first
 * server is created. Thread-safe.
 */
public final class WebhookHttpHandler implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(WebhookHttpHandler.class);

    /** Of the server of the JDK, in seconds; by default, and for what is not positive, there is no limit. */
    private static final String REQUEST_TIME = "sun.net.httpserver.maxReqTime";

    private final Desk desk;

    /** Receives for providers that reach this server without a proxy between. */
    public WebhookHttpHandler(WebhookReceiver receiver) {
        this(receiver, WebhookOptions.defaults());
    }

    /** Receives with options. */
    public WebhookHttpHandler(WebhookReceiver receiver, WebhookOptions options) {
        this.desk = new Desk(receiver, options);
        if (Long.getLong(REQUEST_TIME, 0) <= 0) {
            log.warn(
                    "the system property {} is not set: a few clients that stop half-way keep the server from all others."
                            + " Set it to 20 (seconds) before the server is created",
                    REQUEST_TIME);
        }
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
