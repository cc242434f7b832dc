package io.github.smsdispatch.testkit.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides on every request: finds its dialect, draws its fate, writes the ledger, and says what goes over the wire. */
final class FrontDesk {
    private final List<Dialect> dialects;
    private final CarrierBooks books;
    private final Fates fates;
    private final Supplier<FaultScript> script;
    private final Receipts receipts;
    private final Counters counters;
    private final Darkness darkness;

    FrontDesk(
            List<Dialect> dialects,
            CarrierBooks books,
            Fates fates,
            Supplier<FaultScript> script,
            Receipts receipts,
            Counters counters,
            Darkness darkness) {
        this.dialects = dialects;
        this.books = books;
        this.fates = fates;
        this.script = script;
        this.receipts = receipts;
        this.counters = counters;
        this.darkness = darkness;
    }

    Reply handle(HttpCall call) {
        counters.requests.increment();
        Dialect dialect = dialectOf(call);
        if (dialect == null) {
            counters.refused("unknown path");
            return Reply.with(HttpAnswer.html(404, "Not Found"));
        }
        Dialect.Reading reading = dialect.read(call);
        try {
            if (reading.draft() != null) {
                return submit(dialect, reading.draft());
            }
            return lookUp(dialect, call, reading);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.closing();
        }
    }

    private @Nullable Dialect dialectOf(HttpCall call) {
        for (Dialect dialect : dialects) {
            if (dialect.speaks(call)) {
                return dialect;
            }
        }
        return null;
    }

    private Reply lookUp(Dialect dialect, HttpCall call, Dialect.Reading reading) throws InterruptedException {
        FaultScript now = script.get();
        var random = fates.drawFor(call);
        pause(now.latency.at(random.nextDouble()));
        if (call.method().equals("GET") && random.nextDouble() < now.lookup503) {
            counters.refused("lookup503");
            return Reply.with(dialect.unavailable());
        }
        if (reading.refusal() != null) {
            counters.refused(reading.refusal());
        }
        HttpAnswer answer = reading.answer();
        return answer == null ? Reply.closing() : Reply.with(answer);
    }

    private Reply submit(Dialect dialect, Draft draft) throws InterruptedException {
        FaultScript now = script.get();
        counters.submissions.increment();
        Fates.Fate fate = fates.draw(dialect.provider(), draft, now);
        darkness.submissionArrived();
        if (fate.goesDarkAfter()) {
            darkness.darkFor(now.refuseFor);
        }
        if (!fate.submissionFault().accepts()) {
            counters.refused(fate.submissionFault().key());
            pause(fate.latency());
            return refusal(dialect, fate.submissionFault());
        }
        CarrierMessage message = accept(dialect, draft, fate, now);
        pause(fate.latency());
        HttpAnswer answer = dialect.accepted(message);
        if (fate.submissionFault() != SubmissionFault.NONE) {
            counters.answersLost.increment();
        }
        return switch (fate.submissionFault()) {
            case ERROR_AFTER_ACCEPT -> Reply.with(dialect.failed());
            case LOSE_ANSWER -> Reply.closing();
            case STALL -> Reply.stalling(answer);
            case GARBAGE -> Reply.with(HttpAnswer.html(answer.status(), "OK"));
            default -> Reply.with(answer);
        };
    }

    private CarrierMessage accept(Dialect dialect, Draft draft, Fates.Fate fate, FaultScript now)
            throws InterruptedException {
        ReceiptFault receiptFault = fates.drawReceiptFault(fate, now);
        boolean early = receiptFault == ReceiptFault.EARLY_RECEIPT;
        List<String> codes = dialect.undeliveredCodes();
        Instant acceptedAt = books.now();
        Life life = Life.plan(
                acceptedAt.plus(fate.latency()), // so that no receipt overtakes the answer unless it is meant to
                early ? Duration.ZERO : fate.delay(),
                fate.ending(),
                draft.validity(),
                codes.get(fate.random().nextInt(codes.size())),
                dialect.expiredCode());
        List<String> ids = dialect.newIds(draft, fate.random());
        while (ids.stream().anyMatch(books.ledger()::knows)) {
            ids = dialect.newIds(draft, fate.random()); // a run before this one, with the same seed, has used them
        }
        var message = new CarrierMessage(dialect.provider(), ids, draft, acceptedAt, life, receiptFault);
        books.ledger().add(message);
        counters.accepted.increment();
        if (early) {
            receipts.reportAtOnce(message);
        } else {
            receipts.begin(message, 0);
        }
        return message;
    }

    private static Reply refusal(Dialect dialect, SubmissionFault fault) {
        return switch (fault) {
            case THROTTLE -> Reply.with(dialect.throttled());
            case HTTP429 -> Reply.with(HttpAnswer.html(429, "Too Many Requests").withHeader("Retry-After", "1"));
            case HTTP503 -> Reply.with(dialect.unavailable());
            default -> Reply.closing();
        };
    }

    /** The latency of the network is real time, whatever clock the carrier goes by. */
    private static void pause(Duration latency) throws InterruptedException {
        if (!latency.isZero()) {
            Thread.sleep(latency.toMillis());
        }
    }
}
