package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the lives of messages to their senders, each message's steps strictly one after another. */
final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    /** Waiting times before a receipt that the receiver did not take is tried again, by the carrier's clock. */
    private static final List<Duration> RETRIES =
            List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final InstantSource clock;
    private final Timetable timetable;
    private final LedgerBook ledger;
    private final Function<String, Dialect> dialects;
    private final WebhookUrls accountUrls;
    private final Counters counters;
    private final WebhookPoster poster;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicBoolean warned = new AtomicBoolean();
    private long open;

    Receipts(
            InstantSource clock,
            Timetable timetable,
            LedgerBook ledger,
            Function<String, Dialect> dialects,
            WebhookUrls accountUrls,
            WebhookPoster poster,
            Counters counters) {
        this.clock = clock;
        this.timetable = timetable;
        this.ledger = ledger;
        this.dialects = dialects;
        this.accountUrls = accountUrls;
        this.poster = poster;
        this.counters = counters;
    }

    /** Where the reporting of a message stands: which report, which request of it, which try. */
    private record Position(
            CarrierMessage message, List<CarrierMessage.Report> reports, int report, int request, int attempt) {
        Position nextRequest() {
            return new Position(message, reports, report, request + 1, 0);
        }

        Position nextReport() {
            return new Position(message, reports, report + 1, 0, 0);
        }

        Position again() {
            return new Position(message, reports, report, request, attempt + 1);
        }

        boolean isDone() {
            return report >= reports.size();
        }
    }

    /** Reports each step when it is due, from the given one on. */
    void begin(CarrierMessage message, int alreadyReported) {
        if (target(message) == null) {
            return;
        }
        if (message.receiptFault() == ReceiptFault.LOSE_RECEIPT) {
            counters.receiptsLost.add(
                    (long) message.life().steps().size() * message.ids().size());
        }
        var start = new Position(message, message.reports(), alreadyReported, 0, 0);
        if (!start.isDone()) {
            count(start.reports().size() - alreadyReported);
            schedule(start);
        }
    }

    /** Reports everything right now and returns when the receiver has had it, or at the first it does not take. */
    void reportAtOnce(CarrierMessage message) throws InterruptedException {
        URI target = target(message);
        if (target == null) {
            return;
        }
        var position = new Position(message, message.reports(), 0, 0, 0);
        count(position.reports().size());
        while (!position.isDone()) {
            List<WebhookRequest> requests = requests(position, target);
            if (!poster.post(requests.get(position.request()))) {
                tryAgain(position);
                return;
            }
            countOutcome(position, true);
            position = position.request() + 1 < requests.size() ? position.nextRequest() : finished(position);
        }
    }

    long open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is left to report; false: the time was up before. */
    boolean awaitNoneOpen(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (open > 0 && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return open == 0;
        } finally {
            lock.unlock();
        }
    }

    private void schedule(Position position) {
        Instant due = position.reports().get(position.report()).due();
        timetable.at(due, () -> send(position));
    }

    private void send(Position position) {
        URI target = target(position.message());
        if (target == null) {
            return;
        }
        try {
            List<WebhookRequest> requests = requests(position, target);
            boolean taken = poster.post(requests.get(position.request()));
            if (!taken && position.attempt() < RETRIES.size()) {
                tryAgain(position);
                return;
            }
            countOutcome(position, taken);
            if (position.request() + 1 < requests.size()) {
                send(position.nextRequest());
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            LOG.error("the simulator failed to report on {}", position.message().id(), e);
        }
        Position next = finished(position);
        if (!next.isDone()) {
            schedule(next);
        }
    }

    private void tryAgain(Position position) {
        Instant again = clock.instant().plus(RETRIES.get(position.attempt()));
        timetable.at(again, () -> send(position.again()));
    }

    /** Notes that a report is done with, whether it was taken or given up; the answer is where to go on. */
    private Position finished(Position position) {
        ledger.reported(position.message(), position.report() + 1);
        count(-1);
        return position.nextReport();
    }

    private void countOutcome(Position position, boolean taken) {
        (taken ? counters.receiptsSent : counters.receiptsGivenUp).increment();
        boolean again = position.message().receiptFault() == ReceiptFault.REPEAT_RECEIPT && position.report() % 2 == 1;
        if (taken && again) {
            counters.receiptsRepeated.increment();
        }
    }

    private List<WebhookRequest> requests(Position position, URI target) {
        CarrierMessage message = position.message();
        Life.Step step = position.reports().get(position.report()).step();
        return dialects.apply(message.provider()).receipts(message, step, target);
    }

    /** Where the receipts of a message go; null: nowhere. */
    private @Nullable URI target(CarrierMessage message) {
        if (!message.draft().reported()) {
            return null;
        }
        String callback = message.draft().callback();
        try {
            URI target = callback == null ? accountUrls.of(message.provider()) : withoutFragment(callback);
            if (target == null || WebhookPoster.isOnThisMachine(target)) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // told below, like an address elsewhere
        }
        if (warned.compareAndSet(false, true)) {
            LOG.warn("no receipts for {} and others whose callback is no address on this machine", message.id());
        }
        return null;
    }

    /** The fragment of a callback is for the provider (Twilio reads connection settings in it) and never sent. */
    private static URI withoutFragment(String callback) {
        int hash = callback.indexOf('#');
        return URI.create(hash < 0 ? callback : callback.substring(0, hash));
    }

    private void count(int change) {
        lock.lock();
        try {
            open += change;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
