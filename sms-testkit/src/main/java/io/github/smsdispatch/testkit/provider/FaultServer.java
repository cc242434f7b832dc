package io.github.smsdispatch.testkit.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A server on the loopback interface that counts every request of which it saw a byte, and lets a script decide what
 * becomes of it, down to the socket.
 */
final class FaultServer implements AutoCloseable {
    /** What the server does with a request. */
    interface Script {
        /** Called when a connection is made; false: it is closed at once. */
        default boolean takesConnections() {
            return true;
        }

        /** Called when the first byte is there; false: the connection is closed without reading on. */
        default boolean readsOn() {
            return true;
        }

        /**
         * Answers a whole request.
         *
         * @return whether the connection stays open for the next request
         */
        boolean answer(Socket socket, ApiCall call) throws IOException;
    }

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger played = new AtomicInteger();
    private final Semaphore arrivals = new Semaphore(0);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> mishap = new AtomicReference<>();
    private final Queue<ApiCall> calls = new ConcurrentLinkedQueue<>();
    private volatile Script script;

    FaultServer(Script first) {
        this.script = first;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** What happens to requests from now on. */
    void play(Script next) {
        this.script = next;
    }

    /** {@code 127.0.0.1} and the port. */
    String hostAndPort() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** How many requests began to arrive. */
    int requests() {
        return requests.get();
    }

    /** For how many requests the script did all that it does. */
    int played() {
        return played.get();
    }

    /**
     * How many requests began to arrive; waits for further ones.
     *
     * @param expected returns at once where there are more
     * @param quiet how long to wait for more
     */
    int requestsWithin(int expected, Duration quiet) {
        try {
            if (arrivals.tryAcquire(expected + 1, quiet.toMillis(), TimeUnit.MILLISECONDS)) {
                arrivals.release(expected + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for requests", e);
        }
        return requests.get();
    }

    /** How many connections were made. */
    int connections() {
        return connections.get();
    }

    /** What a script threw first: a mistake in the test, not in what is tested; null: nothing. */
    @Nullable
    Throwable mishap() {
        return mishap.get();
    }

    /** The whole requests that came in. */
    List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(FaultServer::closeQuietly);
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                if (!script.takesConnections()) {
                    closeQuietly(socket);
                    continue;
                }
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            boolean stays = true;
            while (stays) {
                in.mark(1);
                int first = in.read();
                if (first < 0) {
                    return;
                }
                if (!Character.isUpperCase(first)) {
                    // A TLS greeting, no request: answer it in plain text.
                    write(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                    return;
                }
                requests.incrementAndGet();
                arrivals.release();
                Script now = script;
                if (!now.readsOn()) {
                    return;
                }
                in.reset();
                ApiCall call = read(in);
                calls.add(call);
                stays = now.answer(socket, call);
                played.incrementAndGet();
            }
        } catch (IOException e) {
            // The client went away, or this server was closed: either ends the connection.
        } catch (RuntimeException | Error e) {
            mishap.compareAndSet(null, e);
        } finally {
            open.remove(socket);
        }
    }

    private static ApiCall read(InputStream in) throws IOException {
        String[] requestLine = line(in).split(" ", 3);
        var headers = new HashMap<String, List<String>>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        byte[] body = headers.containsKey("transfer-encoding")
                ? chunks(in)
                : in.readNBytes(Integer.parseInt(
                        headers.getOrDefault("content-length", List.of("0")).get(0)));
        return new ApiCall(requestLine[0], requestLine[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the request broke off");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // Closing is all that was wanted.
        }
    }
}
