package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.EnqueueSummary;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Loads the file into the store, row by row. */
final class Loading {
    private final CsvFile file;
    private final Options options;
    private final Agenda agenda;

    Loading(CsvFile file, Options options, Agenda agenda) {
        this.file = file;
        this.options = options;
        this.agenda = agenda;
    }

    /**
     * What became of the file.
     *
     * @param added new messages
     * @param duplicates messages that were stored before, or that an earlier row of the file already gave
     * @param errorCount all row errors
     * @param errors the first of them
     */
    record Result(long added, long duplicates, long errorCount, List<RowError> errors) {
        Result {
            errors = List.copyOf(errors);
        }
    }

    /** Stores everything. Half-way errors leave what is stored; the next try skips it. */
    Result into(DispatchEngine engine, Instant now) {
        var errors = new RowErrors();
        try (CsvFile.Rows rows = file.open()) {
            EnqueueSummary summary = engine.enqueueAll(messages(rows, now, errors));
            return new Result(summary.added(), summary.duplicates(), errors.count(), errors.first());
        }
    }

    /** Makes the messages again, for a comparison with what is stored. */
    <T> T again(Instant now, Function<CampaignMessages, T> reader) {
        try (CsvFile.Rows rows = file.open()) {
            return reader.apply(messages(rows, now, new RowErrors()));
        }
    }

    private CampaignMessages messages(CsvFile.Rows rows, Instant now, RowErrors errors) {
        return new CampaignMessages(rows, now, options.zone(), options.maxSegments(), errors, agenda);
    }
}
