package io.github.smsdispatch.examples.statussync;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.tracking.TrackingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The outcome as JSON, for other programs. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Report() {}

    /** Writes it in one go: whoever reads the file finds the old report or the new one, never half of it. */
    static void write(Path file, TrackingProgress end) {
        ObjectNode report = JSON.createObjectNode();
        report.put("ids", end.counts().all());
        report.put("final", end.counts().finals());
        ObjectNode statuses = report.putObject("statuses");
        for (MessageState state : List.of(
                MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED, MessageState.UNCONFIRMED)) {
            statuses.put(state.name(), end.counts().byState().getOrDefault(state, 0L));
        }
        report.put("lookups", end.looks());
        report.put("seconds", ProgressLines.seconds(end.elapsed()));
        try {
            Path half = Files.createTempFile(file.toAbsolutePath().getParent(), ".report", ".json");
            JSON.writerWithDefaultPrettyPrinter().writeValue(half.toFile(), report);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
