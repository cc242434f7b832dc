package io.github.smsdispatch.internal.lookup;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way through a provider's log, page by page: as fast as look-ups of the account may go, with what each page says of its health,
 * and with an end, whatever cursors the provider gives. Not thread-safe.
 */
public final class LogPages {
    private static final Logger log = LoggerFactory.getLogger(LogPages.class);

    /** A log that never ends is none. */
    private static final long MOST_PAGES = 1_000_000;

    private static final Duration LEAST_PAUSE = Duration.ofMillis(1);

    private final ProviderAccount account;
    private final MessageLog messageLog;
    private final LookupGate gate;
    private final InstantSource clock;
    private final Circle circle = new Circle();
    private long pages;

    public LogPages(ProviderAccount account, MessageLog messageLog, LookupGate gate, InstantSource clock) {
        this.account = account;
        this.messageLog = messageLog;
        this.gate = gate;
        this.clock = clock;
    }

    /** Whether a page may be read now; if so, it must be. */
    public boolean mayRead() {
        return gate.pass(1, 0);
    }

    /** How long until one may be read. */
    public Duration closedFor() {
        return Durations.max(gate.closedFor(), LEAST_PAUSE);
    }

    /** Reads a page; never throws. */
    public LogAnswer read(Instant from, Instant until, @Nullable String cursor) {
        Instant began = clock.instant();
        LogAnswer answer = ask(from, until, cursor);
        gate.over();
        gate.judge(answer.fold(page -> new LookupAnswer.Absent(), LogPages::failed), began);
        return answer;
    }

    /** Where the page after this begins; null: this is taken to be the last. */
    @Nullable
    public String next(LogAnswer.Page page) {
        String next = page.next();
        if (next != null && (circle.isClosedBy(next) || ++pages >= MOST_PAGES)) {
            log.warn("the log of {} goes round in a circle: it is taken to be read to its end", account);
            return null;
        }
        return next;
    }

    /** The same as of a look-up. */
    public static LookupAnswer.Failed failed(LogAnswer.Failed failed) {
        return new LookupAnswer.Failed(failed.code(), failed.detail(), failed.retryAfter());
    }

    private LogAnswer ask(Instant from, Instant until, @Nullable String cursor) {
        try {
            return Objects.requireNonNull(messageLog.readLog(from, until, cursor), "answer");
        } catch (RuntimeException | Error e) {
            log.error("{} threw from readLog: a bug of its module", account, Trace.of(e));
            return new LogAnswer.Failed(null, "a bug of the provider module", null);
        }
    }
}
