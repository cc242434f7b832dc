package io.github.smsdispatch.testkit.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A provider's API as a test wants it: a real server on the loopback interface that gives the answers it was told to, one
 * a request and in order, and keeps the requests.
 */
public final class AnsweringServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();

    /** Starts on a free port. */
    public AnsweringServer() {
        try {
            server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, without trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Queues an answer; headers as names and values by turns. */
    public AnsweringServer answers(int status, String body, String... headers) {
        var answer = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            answer.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(answer.build());
        return this;
    }

    /** How many requests came in. */
    public int requests() {
        return server.getRequestCount();
    }

    /** The next request that came in; waits for it. */
    public RecordedRequest taken() {
        try {
            return server.takeRequest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a request", e);
        }
    }

    /** The body of the next request that came in, as UTF-8; waits for it. */
    public String takenBody() {
        return taken().getBody().utf8();
    }

    @Override
    public void close() {
        server.close();
    }
}
