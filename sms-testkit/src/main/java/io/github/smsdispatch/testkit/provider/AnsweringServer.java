package io.github.smsdispatch.testkit.provider;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A provider's API as a test wants it: a real server on the loopback interface that gives the answers it was told to, one
 * a request and in order, and keeps the requests. Whoever asks more often waits until a further answer is queued.
 */
public final class AnsweringServer implements AutoCloseable {
    /** Long enough for a busy machine; only a test that fails waits for its end. */
    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<TakenRequest> taken = new LinkedBlockingQueue<>();
    private final FaultServer server = new FaultServer(this::answer);

    /** Starts on a free port. */
    public AnsweringServer() {}

    /** Where it listens, without trailing slash. */
    public String url() {
        return "http://" + server.hostAndPort();
    }

    /** Queues an answer; headers as names and values by turns. */
    public AnsweringServer answers(int status, String body, String... headers) {
        var answer = new StringBuilder("HTTP/1.1 " + status + " Said by the test\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            answer.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        answers.add(answer.append("Content-Length: " + length + "\r\n\r\n")
                .append(body)
                .toString());
        return this;
    }

    /** How many requests came in. */
    public int requests() {
        return server.requests();
    }

    /**
     * The next request that came in; waits for it.
     *
     * @throws AssertionError if none comes within half a minute
     */
    public TakenRequest taken() {
        try {
            TakenRequest next = taken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no further request came in within " + PATIENCE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a request", e);
        }
    }

    /** The body of the next request that came in; waits for it as {@link #taken} does. */
    public String takenBody() {
        return taken().body();
    }

    @Override
    public void close() {
        server.close();
    }

    private boolean answer(Socket socket, ApiCall call) throws IOException {
        taken.add(new TakenRequest(call.method(), call.target(), call.headers(), call.body()));
        try {
            FaultServer.write(socket, answers.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false; // closed
        }
        return true;
    }
}
