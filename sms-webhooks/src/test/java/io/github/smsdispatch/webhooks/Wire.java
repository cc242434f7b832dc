package io.github.smsdispatch.webhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** A client that sends exactly the bytes it is told to, one request a connection. */
final class Wire implements AutoCloseable {
    private final Socket socket;

    /** An answer: its status, its header lines and its body. */
    record Reply(int status, List<String> headers, String body) {
        /** The values of a header. */
        List<String> header(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
    }

    /** Sends a request and reads the answer. */
    static Reply exchange(int port, String request) throws IOException {
        try (var wire = new Wire(port)) {
            return wire.send(request).reply();
        }
    }

    Wire send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Says that nothing more will come. */
    Wire end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** What comes until the server ends the connection; empty where it ended it without a word. */
    String rest() throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    Reply reply() throws IOException {
        String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        int end = all.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no answer but " + all.length() + " bytes");
        }
        var lines = new ArrayList<>(List.of(all.substring(0, end).split("\r\n", -1)));
        return new Reply(Integer.parseInt(lines.remove(0).split(" ", 3)[1]), lines, all.substring(end + 4));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
