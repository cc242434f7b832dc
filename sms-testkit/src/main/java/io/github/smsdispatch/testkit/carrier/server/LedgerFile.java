package io.github.smsdispatch.testkit.carrier.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledger on disk: a JSON object a line, appended and handed to the operating system before the client gets its
 * answer, so that a kill loses nothing that was promised. A torn last line belongs to a message that was never answered;
 * it is cut off. Callers serialise their calls.
 */
final class LedgerFile implements AutoCloseable {
    private final Path path;
    /** Not a FileChannel: that one closes itself when the writing thread is interrupted. */
    private final RandomAccessFile file;

    private final Map<String, CarrierMessage> messages = new LinkedHashMap<>();
    private final Map<String, Integer> reported = new HashMap<>();

    /**
     * Opens or creates the file and reads what is in it.
     *
     * @throws UncheckedIOException if it cannot be read or written
     * @throws IllegalStateException if another simulator has it open, or a line of it is damaged
     */
    LedgerFile(Path path) {
        this.path = path;
        try {
            this.file = new RandomAccessFile(path.toFile(), "rw");
            try {
                lock();
                read();
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the ledger file " + path + ": " + e.getMessage(), e);
        }
    }

    /** What was accepted before this start. */
    List<CarrierMessage> messages() {
        return List.copyOf(messages.values());
    }

    /** How many of the message's reports were done with before this start. */
    int reportedBefore(CarrierMessage message) {
        // A line of an older version names no provider: ids were the carrier's then, and never the same.
        return reported.getOrDefault(LedgerLine.key(message), reported.getOrDefault(message.id(), 0));
    }

    void accepted(CarrierMessage message) {
        append(LedgerLine.accepted(message));
    }

    void reported(CarrierMessage message, int count) {
        append(LedgerLine.reported(message, count));
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lock() throws IOException {
        try {
            if (file.getChannel().tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // the other simulator runs in this JVM; told below
        }
        throw new IllegalStateException("the ledger file " + path + " is in use by another simulator");
    }

    private void read() throws IOException {
        byte[] all = new byte[Math.toIntExact(file.length())];
        file.readFully(all);
        int start = 0;
        int number = 1;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                replay(new String(all, start, i - start, StandardCharsets.UTF_8), number++);
                start = i + 1;
            }
        }
        file.setLength(start);
        file.seek(start);
    }

    private void replay(String line, int number) {
        try {
            JsonNode json = Json.parse(line);
            if (json.has("reported")) {
                reported.put(LedgerLine.keyOfReported(json), json.get("count").intValue());
            } else {
                CarrierMessage message = LedgerLine.message(json);
                messages.put(LedgerLine.key(message), message);
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "line " + number + " of the ledger file " + path + " is damaged; mend it or start with a new file",
                    e);
        }
    }

    private void append(JsonNode line) {
        try {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the ledger file " + path, e);
        }
    }
}
