package io.github.smsdispatch.tracking;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.LogSweep;
import io.github.smsdispatch.store.StoreException;
import io.github.smsdispatch.store.SweptPage;
import io.github.smsdispatch.store.TrackedLook;
import io.github.smsdispatch.store.TrackedMessage;
import io.github.smsdispatch.store.TrackingCounts;
import io.github.smsdispatch.store.TrackingSeed;
import io.github.smsdispatch.store.TrackingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tracks in memory. For single-threaded tests. */
final class FakeTrackingStore implements TrackingStore {
    /** A row of the table. */
    static final class Row {
        MessageState state = MessageState.SENT;

        @Nullable
        Receipt receipt;

        int looks;
        int misses;
        final Instant since;
        Instant nextAt;

        Row(Instant now) {
            since = now;
            nextAt = now;
        }
    }

    final Map<String, Row> rows = new LinkedHashMap<>();
    final List<String> toSeed = new ArrayList<>();

    @Nullable
    StoreException countTrouble;

    private final InstantSource clock;
    private @Nullable LogSweep sweep;
    private Instant sweepLeasedUntil = Instant.MIN;
    private Instant sweepEndedAt = Instant.MIN;

    FakeTrackingStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public TrackingSeed seed() {
        long added = toSeed.stream()
                .filter(id -> rows.putIfAbsent(id, new Row(now())) == null)
                .count();
        return new TrackingSeed(added, 0, 0);
    }

    @Override
    public List<TrackedMessage> claim(int most, Duration lease) {
        List<String> due = rows.entrySet().stream()
                .filter(row -> !row.getValue().state.isFinal()
                        && !row.getValue().nextAt.isAfter(now()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        return due.stream().map(id -> lease(id, row(id), lease)).toList();
    }

    private TrackedMessage lease(String id, Row row, Duration lease) {
        row.nextAt = now().plus(lease);
        return new TrackedMessage(id, row.looks, row.misses, row.since, now());
    }

    Row row(String id) {
        return Objects.requireNonNull(rows.get(id), id);
    }

    @Override
    public void record(List<TrackedLook> looks) {
        looks.forEach(this::record);
    }

    private void record(TrackedLook look) {
        Row row = rows.get(look.providerMessageId());
        if (row == null || row.state.isFinal()) {
            return;
        }
        row.state = look.state();
        row.looks++;
        row.misses = look.missed() ? row.misses + 1 : look.receipt() == null ? row.misses : 0;
        row.receipt = look.receipt() == null ? row.receipt : look.receipt();
        row.nextAt = now().plus(look.nextIn());
    }

    @Override
    public Optional<Duration> nextIn() {
        return rows.values().stream()
                .filter(row -> !row.state.isFinal())
                .map(row -> Durations.until(row.nextAt, now()))
                .reduce(Durations::min);
    }

    @Override
    public TrackingCounts counts() {
        if (countTrouble != null) {
            throw countTrouble;
        }
        return new TrackingCounts(
                rows.values().stream().collect(Collectors.groupingBy(row -> row.state, Collectors.counting())));
    }

    @Override
    public Optional<LogSweep> claimSweep(
            @Nullable Instant from, @Nullable Instant until, Instant endedSince, Duration lease) {
        LogSweep known = sweep;
        if (known != null && !known.isEnded() && sweepLeasedUntil.isAfter(now())) {
            return Optional.empty();
        }
        if (known == null || (known.isEnded() && sweepEndedAt.isBefore(endedSince))) {
            Instant end = until == null ? now() : until;
            known = new LogSweep(from == null ? end.minus(Duration.ofDays(30)) : from, end, null, 0, false);
        }
        sweep = new LogSweep(known.from(), known.until(), known.cursor(), known.fence() + 1, known.isEnded());
        sweepLeasedUntil = now().plus(lease);
        return Optional.of(sweep);
    }

    @Override
    public Optional<SweptPage> recordPage(
            LogSweep mine, List<TrackedLook> page, @Nullable String next, boolean imports, Duration lease) {
        if (sweep == null || sweep.fence() != mine.fence()) {
            return Optional.empty();
        }
        int imported = 0;
        for (TrackedLook look : page) {
            if (imports && rows.putIfAbsent(look.providerMessageId(), new Row(now())) == null) {
                imported++;
            }
            record(look);
        }
        sweep = new LogSweep(mine.from(), mine.until(), next, mine.fence(), next == null);
        sweepLeasedUntil = now().plus(lease);
        sweepEndedAt = now();
        return Optional.of(new SweptPage(page.size() - imported, imported, 0));
    }

    @Override
    public Instant now() {
        return clock.instant();
    }
}
