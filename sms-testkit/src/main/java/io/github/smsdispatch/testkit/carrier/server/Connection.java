package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client connection, kept alive from request to request. */
final class Connection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private enum Phase {
        IDLE,
        BUSY,
        CLOSED
    }

    private final Socket socket;
    private final Function<HttpCall, Reply> handler;
    private final BooleanSupplier serverIsOpen;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

    Connection(Socket socket, Function<HttpCall, Reply> handler, BooleanSupplier serverIsOpen) {
        this.socket = socket;
        this.handler = handler;
        this.serverIsOpen = serverIsOpen;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            var reader = new HttpReader(in, out);
            boolean goesOn = true;
            while (goesOn) {
                int first = in.read();
                if (first < 0 || !phase.compareAndSet(Phase.IDLE, Phase.BUSY)) {
                    return;
                }
                goesOn = serve(reader, first, in, out);
                phase.set(Phase.IDLE);
                // In this order, lest a server that shuts right now takes this connection for busy and we miss it.
                goesOn = goesOn && serverIsOpen.getAsBoolean();
            }
        } catch (IOException e) {
            LOG.debug("connection ended: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("the simulator failed to handle a request", e);
        }
    }

    /** Closes at once if no request is under way; one under way still gets its answer. */
    void closeIfIdle() {
        if (phase.compareAndSet(Phase.IDLE, Phase.CLOSED)) {
            close();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing failed: {}", e.toString());
        }
    }

    private boolean serve(HttpReader reader, int first, InputStream in, OutputStream out) throws IOException {
        HttpCall call;
        Reply reply;
        try {
            call = reader.read(first);
            reply = handler.apply(call);
        } catch (ProtocolException | IllegalArgumentException e) {
            LOG.debug("request answered with 400", e);
            write(out, HttpAnswer.html(400, "Bad Request"), false, false);
            return false;
        }
        HttpAnswer answer = reply.answer();
        if (answer == null) {
            return false;
        }
        boolean keepsAlive = call.keepsAlive() && serverIsOpen.getAsBoolean();
        write(out, answer, keepsAlive, reply.stalls());
        if (reply.stalls()) {
            in.read(); // until the client gives up or the simulator is closed
            return false;
        }
        return keepsAlive;
    }

    private static void write(OutputStream out, HttpAnswer answer, boolean keepsAlive, boolean half)
            throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" -\r\n");
        head.append("Content-Type: ").append(answer.contentType()).append("\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n");
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        head.append("Connection: ").append(keepsAlive ? "keep-alive" : "close").append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        int length = half ? body.length / 2 : body.length;
        byte[] all = new byte[start.length + length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, length);
        out.write(all);
        out.flush();
    }
}
