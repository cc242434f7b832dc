package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.TrackedLook;
import io.github.smsdispatch.store.TrackedMessage;
import io.github.smsdispatch.store.TrackingCounts;
import io.github.smsdispatch.store.rules.Why;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of a status table: claimed, read and written many at a time. */
final class TrackingRows {
    static final String COLUMNS = "provider_message_id, state, provider_status, error_code, reason, reported_at, since,"
            + " first_look_at, last_look_at, looks, misses, next_at";

    /** The widths of the columns. */
    private static final int WORD = 64;

    /** What DATETIME and TIMESTAMP hold in every database. */
    private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private static final int WIDTH = 12;

    /** Rows of one statement. */
    private static final int CHUNK = 300;

    private final TrackedTable table;

    TrackingRows(TrackedTable table) {
        this.table = table;
    }

    /** One row; null in {@code nextAt}: it is final. */
    record Row(
            String id,
            String state,
            @Nullable String status,
            @Nullable String code,
            @Nullable String reason,
            @Nullable Instant reportedAt,
            Instant since,
            @Nullable Instant firstLookAt,
            @Nullable Instant lastLookAt,
            int looks,
            int misses,
            @Nullable Instant nextAt) {
        static Row fresh(String id, Instant now) {
            return new Row(id, MessageState.SENT.name(), null, null, null, null, now, null, null, 0, 0, now);
        }

        /** After a look. */
        Row with(TrackedLook look, Instant now) {
            Receipt receipt = look.receipt();
            return new Row(
                    id,
                    look.state().name(),
                    receipt == null ? status : clip(receipt.status()),
                    receipt == null ? code : clip(receipt.errorCode()),
                    receipt == null
                            ? reason
                            : receipt.reason() == null ? null : receipt.reason().name(),
                    receipt == null ? reportedAt : holdable(receipt.occurredAt()),
                    since,
                    firstLookAt == null ? now : firstLookAt,
                    now,
                    looks + 1,
                    look.missed() ? misses + 1 : receipt == null ? misses : 0,
                    look.state().isFinal() ? null : now.plus(look.nextIn()));
        }

        List<@Nullable Object> values() {
            return Tx.row(
                    id, state, status, code, reason, reportedAt, since, firstLookAt, lastLookAt, looks, misses, nextAt);
        }
    }

    private static @Nullable String clip(@Nullable String word) {
        return Why.cut(word, WORD);
    }

    /** A time that no calendar of a database has is none. */
    private static @Nullable Instant holdable(@Nullable Instant time) {
        return time == null || time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
    }

    List<TrackedMessage> claim(Tx tx, int most, Duration lease) throws SQLException {
        Instant now = tx.now();
        var free = new FreeRows<String, TrackedMessage>(
                "provider_message_id, looks, misses, since",
                table.status() + " {by due}",
                "provider_message_id",
                row -> row.getString(1),
                row -> new TrackedMessage(row.getString(1), row.getInt(2), row.getInt(3), Values.instant(row, 4), now));
        List<TrackedMessage> claimed = free.lock(tx, "next_at <= ?", List.of(now), "next_at", most);
        if (!claimed.isEmpty()) {
            tx.updateIn(
                    "UPDATE " + table.status() + " {by PRIMARY} SET next_at = ? WHERE provider_message_id IN (?*)",
                    List.of(now.plus(lease)),
                    claimed.stream().map(TrackedMessage::providerMessageId).toList());
        }
        return claimed;
    }

    /** The rows of these ids that are there, locked until the end of the transaction. */
    Map<String, Row> lock(Tx tx, Collection<String> ids) throws SQLException {
        var rows = new HashMap<String, Row>();
        tx.selectIn(
                        "SELECT " + COLUMNS + " FROM " + table.status()
                                + " {by PRIMARY} WHERE provider_message_id IN (?*) FOR UPDATE",
                        List.of(),
                        ids,
                        TrackingRows::read)
                .forEach(row -> rows.put(row.id(), row));
        return rows;
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Values.instantOrNull(row, 6),
                Values.instant(row, 7),
                Values.instantOrNull(row, 8),
                Values.instantOrNull(row, 9),
                row.getInt(10),
                row.getInt(11),
                Values.instantOrNull(row, 12));
    }

    /** Makes and changes rows, all with one statement for each few hundred. */
    void write(Tx tx, Collection<Row> rows) throws SQLException {
        List<Row> all = List.copyOf(rows);
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<Row> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
            var values = new ArrayList<@Nullable Object>(chunk.size() * WIDTH);
            chunk.forEach(row -> values.addAll(row.values()));
            String row = "(" + "?,".repeat(WIDTH - 1) + "?)";
            String rowsOfValues = (row + ",").repeat(chunk.size() - 1) + row;
            tx.update(
                    tx.dialect() == Dialect.MYSQL
                            ? "INSERT INTO " + table.status() + " (" + COLUMNS + ") VALUES " + rowsOfValues
                                    + " ON DUPLICATE KEY UPDATE state = VALUES(state),"
                                    + " provider_status = VALUES(provider_status), error_code = VALUES(error_code),"
                                    + " reason = VALUES(reason), reported_at = VALUES(reported_at),"
                                    + " first_look_at = VALUES(first_look_at), last_look_at = VALUES(last_look_at),"
                                    + " looks = VALUES(looks), misses = VALUES(misses), next_at = VALUES(next_at)"
                            : "MERGE INTO " + table.status() + " (" + COLUMNS + ") KEY (provider_message_id) VALUES "
                                    + rowsOfValues,
                    values);
        }
    }

    /** What looks brought, of rows that are there and not final. */
    void record(Tx tx, List<TrackedLook> looks) throws SQLException {
        var byId = new TreeMap<String, TrackedLook>();
        looks.forEach(look -> byId.put(look.providerMessageId(), look));
        Map<String, Row> rows = lock(tx, byId.keySet());
        Instant now = tx.now();
        var written = new ArrayList<Row>();
        byId.forEach((id, look) -> {
            Row row = rows.get(id);
            if (row != null && row.nextAt() != null) {
                written.add(row.with(look, now));
            }
        });
        write(tx, written);
    }

    Optional<Duration> nextIn(Tx tx) throws SQLException {
        Instant now = tx.now();
        return tx
                .select(
                        "SELECT next_at FROM " + table.status() + " {by due} WHERE next_at IS NOT NULL"
                                + " ORDER BY next_at LIMIT 1",
                        List.of(),
                        row -> Values.instant(row, 1))
                .stream()
                .findFirst()
                .map(next -> next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO);
    }

    TrackingCounts counts(Tx tx) throws SQLException {
        var counts = new HashMap<MessageState, Long>();
        tx.select(
                "SELECT state, COUNT(*) FROM " + table.status() + " GROUP BY state",
                List.of(),
                row -> counts.merge(MessageState.valueOf(row.getString(1)), row.getLong(2), Long::sum));
        return new TrackingCounts(counts);
    }
}
