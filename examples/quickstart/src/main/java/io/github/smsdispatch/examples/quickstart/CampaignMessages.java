package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.text.SmsText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * Turns rows into messages, one row at a time: one message for each recipient and each part of a text that is too long.
 * What cannot be used goes to the row errors, and the rest goes on. Not thread-safe.
 */
final class CampaignMessages implements Iterator<Message> {
    private static final int MAX_CAMPAIGN = 190;

    private final Iterator<CsvRow> rows;
    private final Instant now;
    private final ZoneId zone;
    private final int maxSegments;
    private final RowErrors errors;
    private final Agenda agenda;
    private final Queue<Message> ready = new ArrayDeque<>();

    /**
     * @param now what "now" in a row means
     * @param zone what a local time in a row means
     * @param agenda is told of every due time to come
     */
    CampaignMessages(
            Iterator<CsvRow> rows, Instant now, ZoneId zone, int maxSegments, RowErrors errors, Agenda agenda) {
        this.rows = rows;
        this.now = now;
        this.zone = zone;
        this.maxSegments = maxSegments;
        this.errors = errors;
        this.agenda = agenda;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && rows.hasNext()) {
            read(rows.next());
        }
        return !ready.isEmpty();
    }

    @Override
    public Message next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void read(CsvRow row) {
        if (row.wrongWidth() > 0) {
            errors.add(new RowError(
                    row.row(),
                    "all columns",
                    "has " + row.wrongWidth() + " cells instead of " + CsvFile.COLUMNS.size()
                            + "; a cell with a comma needs quotes"));
            return;
        }
        long before = errors.count();
        List<String> parts = parts(row);
        if (row.campaign().length() > MAX_CAMPAIGN) {
            errors.add(new RowError(row.row(), "campaign", "has more than " + MAX_CAMPAIGN + " characters"));
        }
        Instant dueAt = dueAt(row);
        if (errors.count() == before) {
            if (dueAt.isAfter(now)) {
                agenda.add(dueAt);
            }
            for (PhoneNumber recipient : recipients(row)) {
                for (int part = 0; part < parts.size(); part++) {
                    add(row, recipient, dueAt, parts, part);
                }
            }
        }
    }

    private List<String> parts(CsvRow row) {
        try {
            if (!row.message().isBlank()) {
                return SmsText.split(SmsText.normalize(row.message()), maxSegments);
            }
            errors.add(new RowError(row.row(), "message", "is empty"));
        } catch (IllegalArgumentException e) {
            errors.add(new RowError(row.row(), "message", String.valueOf(e.getMessage())));
        }
        return List.of();
    }

    private Instant dueAt(CsvRow row) {
        try {
            return SendingTime.parse(row.sendingTime(), now, zone);
        } catch (IllegalArgumentException e) {
            errors.add(new RowError(row.row(), "sending_time", String.valueOf(e.getMessage())));
            return now;
        }
    }

    private List<PhoneNumber> recipients(CsvRow row) {
        if (row.recipients().isBlank()) {
            errors.add(new RowError(row.row(), "recepient_nos", "is empty"));
            return List.of();
        }
        String[] cells = row.recipients().split(",", -1);
        var numbers = new ArrayList<PhoneNumber>(cells.length);
        for (int i = 0; i < cells.length; i++) {
            try {
                numbers.add(PhoneNumber.parse(cells[i]));
            } catch (IllegalArgumentException e) {
                String which = cells.length == 1 ? "" : "number " + (i + 1) + " of " + cells.length + ": ";
                errors.add(new RowError(row.row(), "recepient_nos", which + e.getMessage()));
            }
        }
        return numbers;
    }

    private void add(CsvRow row, PhoneNumber recipient, Instant dueAt, List<String> parts, int part) {
        Message.Builder message = Message.to(recipient)
                .text(parts.get(part))
                .dueAt(dueAt)
                .lane(Lane.BULK)
                .idempotencyKey(key(row, recipient, parts.get(part), part));
        if (!row.campaign().isBlank()) {
            message.campaign(row.campaign().strip());
        }
        if (parts.size() > 1) {
            message.attribute("part", (part + 1) + "/" + parts.size());
        }
        ready.add(message.build());
    }

    /**
     * The same row gives the same key, whenever it is loaded: so the cell counts as it is written, not the time that it
     * means today.
     */
    private static String key(CsvRow row, PhoneNumber recipient, String text, int part) {
        MessageDigest hash = sha256();
        for (String value : List.of(
                row.campaign().strip(), recipient.e164(), row.sendingTime().strip(), text, String.valueOf(part))) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            // The length first, so that no two different rows run together into the same bytes.
            hash.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            hash.update(bytes);
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
