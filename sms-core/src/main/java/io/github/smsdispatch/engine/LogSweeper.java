package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.lookup.LogPages;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.MessageStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an account's log at somebody's wish, and puts what it says of messages of ours into the inbox. Thread-safe. */
final class LogSweeper {
    private static final int MOST_FAILURES = 10;

    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

    private final MessageStore store;
    private final Announcer announcer;
    private final InstantSource clock;
    private final Runnable wakeHousekeeping;

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void take(Duration time) throws InterruptedException;
    }

    LogSweeper(MessageStore store, Announcer announcer, InstantSource clock, Runnable wakeHousekeeping) {
        this.store = store;
        this.announcer = announcer;
        this.clock = clock;
        this.wakeHousekeeping = wakeHousekeeping;
    }

    SweepSummary sweep(Account account, MessageLog messageLog, Instant from, Instant until, Pause pause)
            throws InterruptedException {
        var way = new LogPages(account.name(), messageLog, account.lookupGate(), clock);
        long pages = 0;
        long entries = 0;
        long receipts = 0;
        int failures = 0;
        String cursor = null;
        while (true) {
            if (!way.mayRead()) {
                pause.take(way.closedFor());
                continue;
            }
            LogAnswer answer = way.read(from, until, cursor);
            LogAnswer.Page page = answer.fold(read -> read, failed -> null);
            if (page == null) {
                if (++failures == MOST_FAILURES) {
                    return new SweepSummary(pages, entries, receipts, whyNot(answer));
                }
                pause.take(Durations.max(way.closedFor(), LEAST_PAUSE));
                continue;
            }
            failures = 0;
            pages++;
            entries += page.receipts().size();
            receipts += keep(account, page.receipts());
            cursor = way.next(page);
            if (cursor == null) {
                return new SweepSummary(pages, entries, receipts, null);
            }
        }
    }

    private static @Nullable String whyNot(LogAnswer answer) {
        return answer.fold(page -> null, LogAnswer.Failed::detail);
    }

    /** What others sent is nobody's here; and what is on its way still is no news, unless it settles a doubt. */
    private int keep(Account account, List<Receipt> all) {
        Set<String> known = store.knownIds(
                account.name(), all.stream().map(Receipt::providerMessageId).toList());
        List<Receipt> news = all.stream()
                .filter(receipt -> known.contains(receipt.providerMessageId())
                        ? receipt.state() == ReceiptState.DELIVERED || receipt.state() == ReceiptState.UNDELIVERED
                        : receipt.reference() != null)
                .toList();
        if (news.isEmpty()) {
            return 0;
        }
        int fresh = store.receive(news);
        announcer.tell(new ReceiptsHeard(account.name(), ReceiptsHeard.Source.LOG, news.size(), news.size() - fresh));
        wakeHousekeeping.run();
        return fresh;
    }
}
