package io.github.smsdispatch.store.rules;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.UNDELIVERED;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.LateRetries;
import io.github.smsdispatch.store.PastAttempt.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What receipts do, wherever they come from. */
public final class Reports {
    private final Round round;
    private final EventSource source;
    private final LateRetries retries;

    /** Works on the records of the round; the events name the source. */
    public Reports(Round round, EventSource source, LateRetries retries) {
        this.round = round;
        this.source = source;
        this.retries = retries;
    }

    /**
     * Applies a receipt. Returns false if it cannot be applied yet, because it belongs to no known hand-over or to one
     * whose answer will tell how many parts there are; then nothing was changed.
     *
     * <p>A failure because the recipient has opted out counts from every hand-over, whatever has become of the message:
     * it says something of the person.
     */
    public boolean apply(Receipt receipt) {
        AttemptRecord attempt = round.records().owner(receipt);
        MessageRecord message = attempt == null ? null : round.records().message(attempt.message());
        if (attempt == null || message == null || mayBeOneOfSeveral(message, attempt)) {
            return false;
        }
        if (mayGoAgain(receipt) && attempt.ending().result() == Result.OPEN) {
            // Else the answer, or the end of the lease, would find the message in the queue.
            return false;
        }
        boolean saysNothing = receipt.state() == ReceiptState.UNKNOWN || repeatsRefusal(attempt, receipt);
        boolean isOldNews = attempt.cameToNothing();
        String surprise = disproves(attempt) && !saysNothing ? "was taken, although it was missing from the log" : null;
        if (surprise != null) {
            round.disprove(attempt.account());
        }
        if (!saysNothing) {
            learn(message, attempt, receipt);
        }
        FailureReason reason = receipt.state() == ReceiptState.UNDELIVERED ? receipt.reason() : null;
        if (reason == FailureReason.OPTED_OUT) {
            round.optOut(message);
        }
        MessageState next = saysNothing ? null : verdict(message, attempt, receipt, isOldNews);
        String code = receipt.errorCode() == null ? receipt.status() : receipt.errorCode();
        boolean moved = next == QUEUED
                ? goAgain(message, attempt, new Why(source, attempt.account(), reason, code, "is handed over again"))
                : next != null && round.move(message, next, new Why(source, attempt.account(), reason, code, surprise));
        if (!moved) {
            String detail = "reported " + receipt.state() + (surprise == null ? "" : ", and " + surprise);
            round.note(message, new Why(source, attempt.account(), reason, code, detail));
        }
        return true;
    }

    /** Whether it counts as not taken for nothing but its absence: a provider's own refusal has a reason. */
    private static boolean disproves(AttemptRecord attempt) {
        return attempt.ending().result() == Result.REFUSED && attempt.ending().reason() == null;
    }

    private boolean mayGoAgain(Receipt receipt) {
        return receipt.state() == ReceiptState.UNDELIVERED
                && retries.most() > 0
                && LateRetries.mayPass(receipt.reason());
    }

    /** Puts a message back into the queue whose latest hand-over came to nothing; returns whether it did. */
    private boolean goAgain(MessageRecord message, AttemptRecord attempt, Why why) {
        Instant at = new SecondChance(round, retries).after(message, attempt);
        if (!round.move(message, QUEUED, HoldReason.RETRY_LATER, at, why)) {
            return false;
        }
        attempt.failLate(why.reason());
        return true;
    }

    /** A provider that refused and then reports the failure as well: other routes are still to be tried. */
    private static boolean repeatsRefusal(AttemptRecord attempt, Receipt receipt) {
        return receipt.state() == ReceiptState.UNDELIVERED
                && attempt.ending().result() == Result.REFUSED
                && attempt.ending().reason() != null;
    }

    private static boolean mayBeOneOfSeveral(MessageRecord message, AttemptRecord attempt) {
        return attempt.receiptsPerPart()
                && attempt.ending().result() == Result.OPEN
                && message.standing().segments() > 1;
    }

    private void learn(MessageRecord message, AttemptRecord attempt, Receipt receipt) {
        var id = new ProviderId(receipt.account(), receipt.providerMessageId());
        round.records().hold(attempt, id);
        attempt.parts().stream().filter(part -> part.id().equals(id)).forEach(part -> part.report(receipt.state()));
        if (isWhole(message, attempt)) {
            attempt.learnTaken(round.now());
        }
    }

    /**
     * Whether all parts are known of a hand-over whose answer was lost. Where a provider reports on each part, and
     * fewer are known than there are segments, only a look-up tells.
     */
    private static boolean isWhole(MessageRecord message, AttemptRecord attempt) {
        return !attempt.receiptsPerPart()
                || attempt.parts().size() >= message.standing().segments();
    }

    private @Nullable MessageState verdict(
            MessageRecord message, AttemptRecord attempt, Receipt receipt, boolean isOldNews) {
        boolean isLatest = attempt.number() == message.standing().attempts();
        return switch (receipt.state()) {
            // An intermediate receipt that comes after the failure.
            case ENROUTE -> isLatest && !isOldNews ? SENT : null;
            case DELIVERED -> attempt.isDelivered() ? DELIVERED : isLatest ? partly(attempt) : null;
            case UNDELIVERED -> failure(message, attempt, receipt, isLatest, isOldNews);
            case UNKNOWN -> null;
        };
    }

    /** A text that is delivered in part, and in part is not, never will be as a whole. */
    private static MessageState partly(AttemptRecord attempt) {
        return attempt.hasFailed() ? UNDELIVERED : SENT;
    }

    private @Nullable MessageState failure(
            MessageRecord message, AttemptRecord attempt, Receipt receipt, boolean isLatest, boolean isOldNews) {
        boolean isForGood = receipt.reason() != null && !LateRetries.mayPass(receipt.reason());
        if (isOldNews && !isForGood) {
            // The same failure in other words: what it leads to is decided.
            return null;
        }
        if (isLatest && mayGoAgain(receipt) && new SecondChance(round, retries).after(message, attempt) != null) {
            // While parts of it may still be delivered, it is with the provider.
            return attempt.cameToNothing() ? QUEUED : SENT;
        }
        return isLatest || isTheLastHope(attempt) ? UNDELIVERED : null;
    }

    /** Whether all other hand-overs of its message have failed. */
    private boolean isTheLastHope(AttemptRecord attempt) {
        return round.records().attemptsOf(attempt.message()).stream()
                .allMatch(other -> other == attempt || other.hasFailed());
    }
}
