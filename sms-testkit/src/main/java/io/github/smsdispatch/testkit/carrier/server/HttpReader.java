package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads HTTP/1.1 requests (RFC 9112) off one connection. */
final class HttpReader {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_BODY = 1024 * 1024;

    private final InputStream in;
    private final OutputStream out;

    HttpReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * Reads a request whose first byte is read already.
     *
     * @throws ProtocolException if it is no request that this server understands
     */
    HttpCall read(int firstByte) throws IOException {
        String[] start = line(firstByte).split(" ", -1);
        if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("not an HTTP/1.1 request line");
        }
        Map<String, String> headers = headers();
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        String body = new String(body(headers), StandardCharsets.UTF_8);
        int question = start[1].indexOf('?');
        String path = question < 0 ? start[1] : start[1].substring(0, question);
        String query = question < 0 ? "" : start[1].substring(question + 1);
        return new HttpCall(start[0], path, query, headers, body);
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (String line = line(in.read()); !line.isEmpty(); line = line(in.read())) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() == MAX_HEADERS) {
                throw new ProtocolException("malformed or too many headers");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return Map.copyOf(headers);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks();
        }
        return exactly(size(headers.getOrDefault("content-length", "0"), 10));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            String line = line(in.read());
            int semicolon = line.indexOf(';');
            int size = size(semicolon < 0 ? line : line.substring(0, semicolon), 16);
            if (size == 0) {
                while (!line(in.read()).isEmpty()) {
                    // trailers say nothing that the simulator needs
                }
                return body.toByteArray();
            }
            if (body.size() + size > MAX_BODY) {
                throw new ProtocolException("body too large");
            }
            body.write(exactly(size));
            line(in.read());
        }
    }

    private static int size(String text, int radix) throws ProtocolException {
        try {
            int size = Integer.parseInt(text.strip(), radix);
            if (size >= 0 && size <= MAX_BODY) {
                return size;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw new ProtocolException("malformed or too large a body length");
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the client left within the body");
        }
        return bytes;
    }

    private String line(int firstByte) throws IOException {
        var line = new StringBuilder();
        for (int b = firstByte; b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the client left within the headers");
            }
            if (line.length() == MAX_LINE) {
                throw new ProtocolException("line too long");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
