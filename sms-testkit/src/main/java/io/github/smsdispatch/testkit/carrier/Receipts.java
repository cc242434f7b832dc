package io.github.smsdispatch.testkit.carrier;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    private final Ledger ledger;
    private final Function<String, Dialect> dialects;
    private final @Nullable URI accountUrl;
    private final Counters counters;
    private final ReceiptPoster poster = new ReceiptPoster();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long open;

    Receipts(
            InstantSource clock,
            Timetable timetable,
            Ledger ledger,
            Function<String, Dialect> dialects,
            @Nullable URI accountUrl,
            Counters counters) {
        this.clock = clock;
        this.timetable = timetable;
        this.ledger = ledger;
        this.dialects = dialects;
        this.accountUrl = accountUrl;
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
        if (message.receiptFault() == ReceiptFault.LOSE_RECEIPT) {
            counters.receiptsLost.add(
                    (long) message.life().steps().size() * message.ids().size());
        }
        var start = new Position(message, message.reports(), alreadyReported, 0, 0);
        if (!start.isDone() && target(message) != null) {
            count(start.reports().size() - alreadyReported);
            schedule(start);
        }
    }

    /** Reports everything right now and returns when the receiver has had it; what it does not take is not tried again. */
    void reportAtOnce(CarrierMessage message) throws InterruptedException {
        URI target = target(message);
        List<CarrierMessage.Report> reports = message.reports();
        if (target != null) {
            for (CarrierMessage.Report report : reports) {
                for (ReceiptRequest request : requests(message, report, target)) {
                    (poster.post(request) ? counters.receiptsSent : counters.receiptsGivenUp).increment();
                }
            }
        }
        ledger.reported(message, reports.size());
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
        try {
            URI target = target(position.message());
            if (target == null) {
                return;
            }
            List<ReceiptRequest> requests =
                    requests(position.message(), position.reports().get(position.report()), target);
            boolean taken = poster.post(requests.get(position.request()));
            if (!taken && position.attempt() < RETRIES.size()) {
                Instant again = clock.instant().plus(RETRIES.get(position.attempt()));
                timetable.at(again, () -> send(position.again()));
                return;
            }
            countOutcome(position, taken);
            if (position.request() + 1 < requests.size()) {
                send(position.nextRequest());
            } else {
                finish(position);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the simulator failed to report on {}", position.message().id(), e);
            finish(position);
        }
    }

    private void finish(Position position) {
        ledger.reported(position.message(), position.report() + 1);
        Position next = position.nextReport();
        if (!next.isDone()) {
            schedule(next);
        }
        count(-1);
    }

    private void countOutcome(Position position, boolean taken) {
        (taken ? counters.receiptsSent : counters.receiptsGivenUp).increment();
        boolean again = position.message().receiptFault() == ReceiptFault.REPEAT_RECEIPT && position.report() % 2 == 1;
        if (taken && again) {
            counters.receiptsRepeated.increment();
        }
    }

    private List<ReceiptRequest> requests(CarrierMessage message, CarrierMessage.Report report, URI target) {
        return dialects.apply(message.provider()).receipts(message, report.step(), target);
    }

    /** Where the receipts of a message go; null: nowhere. */
    private @Nullable URI target(CarrierMessage message) {
        String callback = message.draft().callback();
        try {
            URI target = callback == null ? accountUrl : withoutFragment(callback);
            if (target == null || ReceiptPoster.isOnThisMachine(target)) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // told below, like an address elsewhere
        }
        LOG.warn("no receipts for {}: its callback is no address on this machine", message.id());
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
