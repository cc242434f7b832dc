package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Decision;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Item;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides on every request: finds its dialect, draws its fate, writes the ledger, and says what goes over the wire. */
final class FrontDesk {
    private final List<Dialect> dialects;
    private final LedgerBook ledger;
    private final InstantSource clock;
    private final Fates fates;
    private final Supplier<Script> script;
    private final Receipts receipts;
    private final Counters counters;
    private final Darkness darkness;
    /** Whoever holds it is the only one to be accepted by an id that a sender chose. */
    private final ReentrantLock sendersIds = new ReentrantLock();

    FrontDesk(
            List<Dialect> dialects,
            LedgerBook ledger,
            InstantSource clock,
            Fates fates,
            Supplier<Script> script,
            Receipts receipts,
            Counters counters,
            Darkness darkness) {
        this.dialects = dialects;
        this.ledger = ledger;
        this.clock = clock;
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
        Reading reading = dialect.read(call);
        List<Draft> drafts = reading.drafts();
        try {
            return drafts.isEmpty() ? answer(dialect, call, reading) : submit(dialect, call, reading, drafts);
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

    /** The answer to a look-up, or to a submission without a valid message. */
    private Reply answer(Dialect dialect, HttpCall call, Reading reading) throws InterruptedException {
        Script now = script.get();
        var random = fates.drawFor(call);
        pause(now.latency().at(random.nextDouble()));
        if (dialect.isLookup(call) && random.nextDouble() < now.lookup503()) {
            counters.refused("lookup503");
            return Reply.with(dialect.unavailable());
        }
        if (reading.refusal() != null) {
            counters.refused(reading.refusal());
        }
        HttpAnswer answer = reading.answer();
        return Reply.with(answer == null ? dialect.answer(call, declined(reading)) : answer);
    }

    private List<Decision> declined(Reading reading) {
        var decisions = new ArrayList<Decision>();
        for (Item item : reading.items()) {
            decisions.add(count((Declined) item));
        }
        return decisions;
    }

    /** What goes wrong with a request is drawn once, by its first draft; each accepted draft has a life of its own. */
    private Reply submit(Dialect dialect, HttpCall call, Reading reading, List<Draft> drafts)
            throws InterruptedException {
        Script now = script.get();
        counters.submissions.add(drafts.size());
        Fates.Fate fate = fates.draw(dialect.provider(), drafts.get(0), now);
        darkness.submissionArrived();
        if (fate.goesDarkAfter()) {
            darkness.darkFor(now.refuseFor());
        }
        if (!fate.submissionFault().accepts()) {
            drafts.forEach(draft -> counters.refused(fate.submissionFault().key()));
            pause(fate.latency());
            return refusal(dialect, call, fate.submissionFault());
        }
        List<Decision> decisions = decide(dialect, reading, fate, now);
        pause(fate.latency());
        HttpAnswer answer = dialect.answer(call, decisions);
        if (fate.submissionFault().losesAnswer()) {
            counters.answersLost.add(
                    decisions.stream().filter(CarrierMessage.class::isInstance).count());
        }
        return switch (fate.submissionFault()) {
            case ERROR_AFTER_ACCEPT -> Reply.with(dialect.failed());
            case LOSE_ANSWER -> Reply.closing();
            case STALL -> Reply.stalling(answer);
            case GARBAGE -> Reply.with(HttpAnswer.html(answer.status(), "OK"));
            default -> Reply.with(answer);
        };
    }

    private List<Decision> decide(Dialect dialect, Reading reading, Fates.Fate first, Script now)
            throws InterruptedException {
        var decisions = new ArrayList<Decision>();
        Fates.@Nullable Fate drawn = first;
        for (Item item : reading.items()) {
            if (item instanceof Draft draft) {
                Fates.Fate fate = drawn == null ? fates.drawNext(dialect.provider(), draft, now, first) : drawn;
                drawn = null;
                decisions.add(accept(dialect, draft, fate, now));
            } else {
                decisions.add(count((Declined) item));
            }
        }
        return decisions;
    }

    private Declined count(Declined declined) {
        if (declined.kind() != null) {
            counters.refused(declined.kind());
        }
        return declined;
    }

    private Decision accept(Dialect dialect, Draft draft, Fates.Fate fate, Script now) throws InterruptedException {
        String chosen = draft.messageId();
        CarrierMessage message;
        if (chosen == null) {
            message = write(dialect, draft, fate, now);
        } else {
            sendersIds.lock();
            try {
                CarrierMessage known = ledger.find(dialect.provider(), chosen);
                if (known != null) {
                    return count(dialect.alreadyKnown(draft, known));
                }
                message = write(dialect, draft, fate, now);
            } finally {
                sendersIds.unlock();
            }
        }
        counters.accepted.increment();
        if (message.receiptFault() == ReceiptFault.EARLY_RECEIPT) {
            receipts.reportAtOnce(message);
        } else {
            receipts.begin(message, 0);
        }
        return message;
    }

    private CarrierMessage write(Dialect dialect, Draft draft, Fates.Fate fate, Script now) {
        ReceiptFault receiptFault = fates.drawReceiptFault(fate, now);
        List<String> codes = dialect.undeliveredCodes();
        Instant acceptedAt = clock.instant();
        Life life = Life.plan(
                acceptedAt.plus(fate.latency()), // so that no receipt overtakes the answer unless it is meant to
                receiptFault == ReceiptFault.EARLY_RECEIPT ? Duration.ZERO : fate.delay(),
                fate.ending(),
                draft.validity(),
                codes.get(fate.random().nextInt(codes.size())),
                dialect.expiredCode());
        var message = new CarrierMessage(
                dialect.provider(), ids(dialect, draft, fate), draft, acceptedAt, life, receiptFault);
        ledger.add(message);
        return message;
    }

    private List<String> ids(Dialect dialect, Draft draft, Fates.Fate fate) {
        if (draft.messageId() != null) {
            return List.of(draft.messageId());
        }
        List<String> ids = newIds(dialect, draft, fate);
        while (ids.stream().anyMatch(id -> ledger.find(id) != null)) {
            ids = newIds(dialect, draft, fate); // a run before this one, with the same seed, has used them
        }
        return ids;
    }

    /** Without that of the part which is refused, if one is. */
    private static List<String> newIds(Dialect dialect, Draft draft, Fates.Fate fate) {
        List<String> ids = dialect.newIds(draft, fate.random());
        return fate.submissionFault() == SubmissionFault.PART_REFUSED && ids.size() > 1
                ? ids.subList(0, ids.size() - 1)
                : ids;
    }

    private static Reply refusal(Dialect dialect, HttpCall call, SubmissionFault fault) {
        return switch (fault) {
            case THROTTLE -> Reply.with(dialect.throttled(call));
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
