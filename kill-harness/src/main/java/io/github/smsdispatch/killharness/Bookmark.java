package io.github.smsdispatch.killharness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A number on disk that a kill does not lose: a line for each value, of which the last whole one counts. It is how the
 * enqueuer knows how far it has come, and how the harness knows what the store has confirmed.
 */
final class Bookmark implements AutoCloseable {
    private final RandomAccessFile file;

    /** Opens it for writing, behind its last whole line. */
    Bookmark(Path path) throws IOException {
        String whole = wholeLines(path);
        this.file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(whole.length());
        file.seek(whole.length());
    }

    /** The value; 0 where there is none. */
    static long read(Path path) {
        try {
            String whole = wholeLines(path);
            return whole.isEmpty()
                    ? 0
                    : Long.parseLong(whole.substring(whole.lastIndexOf('\n', whole.length() - 2) + 1)
                            .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(long value) throws IOException {
        file.write((value + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String wholeLines(Path path) throws IOException {
        try {
            String all = Files.readString(path);
            return all.substring(0, all.lastIndexOf('\n') + 1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
