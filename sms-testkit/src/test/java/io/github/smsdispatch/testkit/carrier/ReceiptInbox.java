package io.github.smsdispatch.testkit.carrier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.testkit.carrier.wire.Form;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The webhook of the sender: keeps what it is sent, in order. */
public final class ReceiptInbox implements AutoCloseable {
    public record Arrival(String method, URI uri, String signature, String body) {
        public Form form() {
            return Form.parse(body);
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final AtomicInteger toRefuse = new AtomicInteger();

    public ReceiptInbox() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    /** Answers the next requests with 500 instead of 200; they are kept all the same. */
    public void refuseNext(int count) {
        toRefuse.set(count);
    }

    public URI url(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + pathAndQuery);
    }

    /** The next arrival, waited for. */
    public Arrival next() throws InterruptedException {
        Arrival arrival = arrivals.poll(10, TimeUnit.SECONDS);
        if (arrival == null) {
            throw new AssertionError("no receipt within 10 s");
        }
        return arrival;
    }

    /** The next arrival, while the clock moves on. */
    public Arrival nextAs(SteppingClock clock) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            clock.step(Duration.ofSeconds(1));
            Arrival arrival = arrivals.poll(20, TimeUnit.MILLISECONDS);
            if (arrival != null) {
                return arrival;
            }
        }
        throw new AssertionError("no receipt, however far the clock moved");
    }

    /** How many arrivals nobody has taken yet. */
    public int waiting() {
        return arrivals.size();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String signature = exchange.getRequestHeaders().getFirst("X-Twilio-Signature");
            arrivals.add(new Arrival(exchange.getRequestMethod(), exchange.getRequestURI(), signature, body));
            int status = toRefuse.getAndUpdate(count -> Math.max(0, count - 1)) > 0 ? 500 : 200;
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
