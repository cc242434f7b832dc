package io.github.smsdispatch.testkit.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of the loopback interface on which nobody listens, and which nobody else can take while this is open: it is our
 * end of a connection to ourselves. Whoever connects to it is refused (RFC 9293 section 3.10.7.1), on Windows after the
 * two seconds in which its clients ask again.
 *
 * <p>A port that was free a moment ago may belong to another process by the time it is used; one that is bound and not
 * listened on refuses on Linux, and drops what comes on systems after BSD.
 */
public final class RefusingPort implements AutoCloseable {
    private final ServerSocket listener;
    private final Socket ours = new Socket();

    /** Takes a free port. */
    public RefusingPort() {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            this.listener = new ServerSocket(0, 1, loopback);
            // Bound before it connects: else Linux may give the same port to who connects to it.
            ours.bind(new InetSocketAddress(loopback, 0));
            ours.connect(listener.getLocalSocketAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where nobody listens, without trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + ours.getLocalPort();
    }

    @Override
    public void close() {
        try (listener) {
            ours.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
