package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.store.LogSweep;
import io.github.smsdispatch.store.SweptPage;
import io.github.smsdispatch.store.TrackedLook;
import io.github.smsdispatch.store.rules.StoreTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far the log of a provider has been read, and what its pages bring. */
final class TrackingSweeps {
    static final String COLUMNS = "id, from_at, until_at, page_cursor, fence, leased_until, ended_at";

    private static final Duration BY_DEFAULT = Duration.ofDays(30);

    private final TrackedTable table;
    private final TrackingRows rows;

    TrackingSweeps(TrackedTable table, TrackingRows rows) {
        this.table = table;
        this.rows = rows;
    }

    private record Place(LogSweep sweep, Instant leasedUntil, @Nullable Instant endedAt) {}

    private Optional<Place> lock(Tx tx) throws SQLException {
        return tx
                .select(
                        "SELECT " + COLUMNS + " FROM " + table.sweep() + " WHERE id = 1 FOR UPDATE",
                        List.of(),
                        row -> new Place(
                                new LogSweep(
                                        Values.instant(row, 2),
                                        Values.instant(row, 3),
                                        row.getString(4),
                                        row.getLong(5),
                                        row.getObject(7) != null),
                                Values.instant(row, 6),
                                Values.instantOrNull(row, 7)))
                .stream()
                .findFirst();
    }

    Optional<LogSweep> claim(Tx tx, @Nullable Instant from, @Nullable Instant until, Instant endedSince, Duration lease)
            throws SQLException {
        Place known = lock(tx).orElse(null);
        Instant now = tx.now();
        if (known == null) {
            // Whoever comes second meets a duplicate, and is run again.
            LogSweep first = begin(from, until, now, 1);
            tx.insert(table.sweep(), COLUMNS, List.of(row(first, now.plus(lease), null)));
            return Optional.of(first);
        }
        boolean counts = known.endedAt() != null && !known.endedAt().isBefore(endedSince);
        if (counts) {
            return Optional.of(known.sweep());
        }
        boolean goesOn =
                known.endedAt() == null && (from == null || known.sweep().from().equals(StoreTime.of(from)));
        if (known.endedAt() == null && known.leasedUntil().isAfter(now)) {
            return Optional.empty();
        }
        long fence = known.sweep().fence() + 1;
        LogSweep mine = goesOn
                ? new LogSweep(
                        known.sweep().from(),
                        known.sweep().until(),
                        known.sweep().cursor(),
                        fence,
                        false)
                : begin(from, until, now, fence);
        update(tx, mine, now.plus(lease), null);
        return Optional.of(mine);
    }

    private static LogSweep begin(@Nullable Instant from, @Nullable Instant until, Instant now, long fence) {
        Instant end = until == null ? now : StoreTime.of(until);
        return new LogSweep(from == null ? end.minus(BY_DEFAULT) : StoreTime.of(from), end, null, fence, false);
    }

    private static List<@Nullable Object> row(LogSweep sweep, Instant leasedUntil, @Nullable Instant endedAt) {
        return Tx.row(1, sweep.from(), sweep.until(), sweep.cursor(), sweep.fence(), leasedUntil, endedAt);
    }

    private void update(Tx tx, LogSweep sweep, Instant leasedUntil, @Nullable Instant endedAt) throws SQLException {
        var values = new ArrayList<>(row(sweep, leasedUntil, endedAt));
        values.add(values.remove(0));
        tx.update(
                "UPDATE " + table.sweep() + " SET from_at = ?, until_at = ?, page_cursor = ?, fence = ?,"
                        + " leased_until = ?, ended_at = ? WHERE id = ?",
                values);
    }

    Optional<SweptPage> record(
            Tx tx, LogSweep sweep, List<TrackedLook> page, @Nullable String next, boolean imports, Duration lease)
            throws SQLException {
        Place known = lock(tx).orElse(null);
        if (known == null || known.sweep().fence() != sweep.fence()) {
            return Optional.empty();
        }
        var byId = new TreeMap<String, TrackedLook>();
        // The same id may come twice; what is final by one of them is final.
        page.stream()
                .filter(look -> table.canHold(look.providerMessageId()))
                .forEach(look -> byId.merge(
                        look.providerMessageId(), look, (a, b) -> a.state().isFinal() ? a : b));
        Map<String, TrackingRows.Row> rowsById = rows.lock(tx, byId.keySet());
        Instant now = tx.now();
        var written = new ArrayList<TrackingRows.Row>();
        int imported = 0;
        int ignored = 0;
        for (TrackedLook look : byId.values()) {
            TrackingRows.Row row = rowsById.get(look.providerMessageId());
            if (row == null && imports) {
                imported++;
                written.add(
                        TrackingRows.Row.fresh(look.providerMessageId(), now).with(look, now));
            } else if (row == null) {
                ignored++;
            } else if (row.nextAt() != null) {
                written.add(row.with(look, now));
            }
        }
        rows.write(tx, written);
        var place = new LogSweep(sweep.from(), sweep.until(), next, sweep.fence(), next == null);
        update(tx, place, now.plus(lease), next == null ? now : null);
        return Optional.of(new SweptPage(byId.size() - imported - ignored, imported, ignored));
    }
}
