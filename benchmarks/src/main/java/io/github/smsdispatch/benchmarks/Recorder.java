package io.github.smsdispatch.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.spi.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server on the loopback interface that keeps what it is sent and answers all with one status. */
final class Recorder implements AutoCloseable {
    /** One request as it came in; the target is path and query. */
    record Recorded(String method, String target, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the request has no header " + name));
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Recorded> requests = new LinkedBlockingQueue<>();

    Recorder(int status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> record(exchange, status));
        server.start();
    }

    private void record(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            requests.add(new Recorded(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new LinkedHashMap<>(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Recorded next() throws InterruptedException {
        Recorded request = requests.poll(30, TimeUnit.SECONDS);
        if (request == null) {
            throw new IllegalStateException("no request came");
        }
        return request;
    }

    WebhookRequest nextWebhook() throws InterruptedException {
        Recorded request = next();
        return new WebhookRequest(
                request.method(),
                baseUrl() + request.target(),
                request.headers(),
                request.body().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
