package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server on 127.0.0.1 that can refuse connections and come back on the same port, close a connection after
 * reading a request, and stop in the middle of an answer. MockWebServer starts only once and picks its behaviour per
 * connection ahead of the request, and the JDK's HttpServer hides its sockets; with a ServerSocket every one of these
 * faults is the plain thing itself.
 */
final class LoopbackServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    private static final int BACKLOG = 1024;

    private final InetSocketAddress address;
    private final ExecutorService threads = Threads.perTask("carrier-connection");
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable ServerSocket listening;
    private @Nullable Function<HttpCall, Reply> handler;
    private @Nullable Thread acceptor;
    private @Nullable Socket portKeeper;
    private boolean closed;

    /**
     * Takes the port; requests wait until {@link #serve}.
     *
     * @param port 0: any free one
     * @throws UncheckedIOException if the port is taken
     */
    LoopbackServer(int port) {
        ServerSocket first = listen(new InetSocketAddress(loopback(), port));
        this.address = new InetSocketAddress(loopback(), first.getLocalPort());
        this.listening = first;
    }

    /** Begins to serve; called once. */
    void serve(Function<HttpCall, Reply> by) {
        lock.lock();
        try {
            handler = by;
            if (listening != null) {
                accept(listening, by);
            }
        } finally {
            lock.unlock();
        }
    }

    int port() {
        return address.getPort();
    }

    /** Whether connections are taken; false from the moment on at which the shutting begins. */
    boolean isOpen() {
        return listening != null;
    }

    /** Whether connections are refused: true only when the shutting is done. */
    boolean isShut() {
        lock.lock();
        try {
            return listening == null;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses connections from now on and closes idle ones; requests under way still get their answer. */
    void shut() {
        lock.lock();
        try {
            ServerSocket open = listening;
            if (open == null) {
                return;
            }
            listening = null;
            open.close();
            awaitAcceptor();
            keepPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
        connections.forEach(Connection::closeIfIdle);
    }

    /** Takes connections again, on the same port. */
    void reopen() {
        lock.lock();
        try {
            if (closed || listening != null) {
                return;
            }
            ServerSocket open = listen(address);
            listening = open;
            releasePort();
            if (handler != null) {
                accept(open, handler);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            shut();
            releasePort();
        } finally {
            lock.unlock();
        }
        connections.forEach(Connection::close);
        Threads.stop(threads);
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot be: four bytes are an address
        }
    }

    private static ServerSocket listen(InetSocketAddress at) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(at, BACKLOG);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on 127.0.0.1 port " + at.getPort() + ": " + e.getMessage(), e);
        }
    }

    private void accept(ServerSocket open, Function<HttpCall, Reply> by) {
        acceptor = Threads.daemons("carrier-accept").newThread(() -> {
            while (!open.isClosed()) {
                try {
                    take(new Connection(open.accept(), by, this::isOpen));
                } catch (IOException e) {
                    LOG.debug("accept ended: {}", e.toString());
                }
            }
        });
        acceptor.start();
    }

    /** A thread that waits in accept keeps the closed socket listening until it wakes. */
    private void awaitAcceptor() {
        try {
            if (acceptor != null) {
                acceptor.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Connection connection) {
        connections.add(connection);
        try {
            threads.execute(() -> {
                try {
                    connection.run();
                } finally {
                    connections.remove(connection);
                }
            });
        } catch (RejectedExecutionException e) {
            connections.remove(connection);
            connection.close();
        }
        if (!isOpen()) {
            connection.closeIfIdle(); // accepted while the server was being shut
        }
    }

    /** A bound socket that does not listen: connecting is refused, and nobody else is given the port meanwhile. */
    private void keepPort() {
        var keeper = new Socket();
        try {
            keeper.setReuseAddress(true);
            keeper.bind(address);
            portKeeper = keeper;
        } catch (IOException e) {
            LOG.debug("the port is not kept while dark: {}", e.toString());
        }
    }

    private void releasePort() {
        Socket keeper = portKeeper;
        portKeeper = null;
        if (keeper != null) {
            try {
                keeper.close();
            } catch (IOException e) {
                LOG.debug("releasing the port failed: {}", e.toString());
            }
        }
    }
}
