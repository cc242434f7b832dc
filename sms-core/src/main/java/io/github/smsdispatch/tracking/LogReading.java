package io.github.smsdispatch.tracking;

import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.lookup.LogPages;
import io.github.smsdispatch.internal.lookup.LookupGate;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.store.LogSweep;
import io.github.smsdispatch.store.SweptPage;
import io.github.smsdispatch.store.TrackingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the provider's log for a tracker, a page at each step. One process reads, the others wait for it: pages come one
 * after the other, whoever asks. Not thread-safe.
 */
final class LogReading {
    private static final Duration BUSY_ELSEWHERE = Duration.ofSeconds(1);

    private final StatusTrackerBuilder settings;
    private final TrackingStore store;
    private final MessageLog messageLog;
    private final LookupGate gate;
    private final TrackingTally tally;
    private final TrackingVerdicts verdicts;
    private final InstantSource clock;
    private final Instant begun;
    private LogPages pages;
    private @Nullable LogSweep sweep;

    LogReading(
            StatusTrackerBuilder settings,
            MessageLog messageLog,
            LookupGate gate,
            TrackingTally tally,
            TrackingVerdicts verdicts) {
        this.settings = settings;
        this.store = settings.store;
        this.messageLog = messageLog;
        this.gate = gate;
        this.tally = tally;
        this.verdicts = verdicts;
        this.clock = settings.clock;
        this.begun = store.now();
        this.pages = newPages();
    }

    /** Reads a page, if it is its turn; returns when to come again, or null when the log is read to its end. */
    @Nullable
    Duration step() {
        LogSweep mine = sweep;
        if (mine == null) {
            return claim();
        }
        if (!pages.mayRead()) {
            return Durations.min(BUSY_ELSEWHERE, pages.closedFor());
        }
        return pages.read(mine.from(), mine.until(), mine.cursor())
                .fold(page -> keep(mine, page), this::failed)
                .orElse(null);
    }

    private @Nullable Duration claim() {
        Optional<LogSweep> claimed = store.claimSweep(settings.from, settings.until, begun, settings.lease());
        if (claimed.isEmpty()) {
            return BUSY_ELSEWHERE;
        }
        if (claimed.get().isEnded()) {
            return null;
        }
        sweep = claimed.get();
        pages = newPages();
        return Duration.ZERO;
    }

    private LogPages newPages() {
        return new LogPages(settings.account, messageLog, gate, clock);
    }

    /** When to come again; empty: this was the end. */
    private Optional<Duration> keep(LogSweep mine, LogAnswer.Page page) {
        tally.read();
        String next = pages.next(page);
        Optional<SweptPage> written = store.recordPage(
                mine,
                page.receipts().stream().map(verdicts::logged).toList(),
                next,
                settings.imports,
                settings.lease());
        if (written.isEmpty()) {
            sweep = null; // somebody else is at it
            return Optional.of(BUSY_ELSEWHERE);
        }
        sweep = new LogSweep(mine.from(), mine.until(), next, mine.fence(), next == null);
        return next == null ? Optional.empty() : Optional.of(Duration.ZERO);
    }

    private Optional<Duration> failed(LogAnswer.Failed failed) {
        tally.pageFailed(LogPages.failed(failed));
        return Optional.of(Durations.max(pages.closedFor(), Duration.ofMillis(100)));
    }
}
