package io.github.smsdispatch.testkit.logs;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps what is printed to System.out and System.err, and passes it on, until it is closed. */
public final class StandardStreams implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** Begins to listen. */
    public StandardStreams() {
        System.setOut(through(out));
        System.setErr(through(err));
    }

    private PrintStream through(PrintStream next) {
        OutputStream both = new OutputStream() {
            @Override
            public void write(int b) {
                kept.write(b);
                next.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                kept.write(bytes, offset, length);
                next.write(bytes, offset, length);
            }

            @Override
            public void flush() {
                next.flush();
            }
        };
        return new PrintStream(both, true, StandardCharsets.UTF_8);
    }

    /** All that was printed so far. */
    public String all() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }
}
