package io.github.smsdispatch.engine;

import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.store.LogSweep;
import io.github.smsdispatch.store.SweptPage;
import io.github.smsdispatch.store.TrackingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the provider's log for a tracker, a page at each step. One process reads, the others wait for it: pages come one
 * after the other, whoever asks. Not thread-safe.
 */
final class LogReading {
    private static final Logger log = LoggerFactory.getLogger(LogReading.class);

    private static final Duration BUSY_ELSEWHERE = Duration.ofSeconds(1);

    /** A log that never ends is none. */
    private static final long MOST_PAGES = 1_000_000;

    private final StatusTrackerBuilder settings;
    private final TrackingStore store;
    private final MessageLog messageLog;
    private final LookupGate gate;
    private final TrackingTally tally;
    private final TrackingVerdicts verdicts;
    private final InstantSource clock;
    private final Instant begun;
    private Circle circle = new Circle();
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
    }

    /** Reads a page, if it is its turn; returns when to come again, or null when the log is read to its end. */
    @Nullable
    Duration step() {
        LogSweep mine = sweep;
        if (mine == null) {
            return claim();
        }
        if (!gate.pass(1, 0)) {
            return Durations.min(BUSY_ELSEWHERE, Durations.max(gate.closedFor(), Duration.ofMillis(1)));
        }
        Instant began = clock.instant();
        LogAnswer answer = read(mine);
        gate.over();
        return answer.fold(page -> keep(mine, page, began), failed -> failed(failed, began))
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
        circle = new Circle();
        return Duration.ZERO;
    }

    private LogAnswer read(LogSweep mine) {
        try {
            return Objects.requireNonNull(messageLog.readLog(mine.from(), mine.until(), mine.cursor()), "answer");
        } catch (RuntimeException | Error e) {
            log.error("{} threw from readLog: a bug of its module", settings.account, Trace.of(e));
            return new LogAnswer.Failed(null, "a bug of the provider module", null);
        }
    }

    /** When to come again; empty: this was the end. */
    private Optional<Duration> keep(LogSweep mine, LogAnswer.Page page, Instant began) {
        gate.judge(List.of(new LookupAnswer.Absent()), began);
        tally.read();
        String next = page.next();
        if (next != null && (circle.isClosedBy(next) || tally.pages() >= MOST_PAGES)) {
            log.warn("the log of {} goes round in a circle: it is taken to be read to its end", settings.account);
            next = null;
        }
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

    private Optional<Duration> failed(LogAnswer.Failed failed, Instant began) {
        var why = new LookupAnswer.Failed(failed.code(), failed.detail(), failed.retryAfter());
        gate.judge(List.of(why), began);
        tally.pageFailed(why);
        return Optional.of(Durations.max(gate.closedFor(), Duration.ofMillis(100)));
    }
}
