package io.github.smsdispatch.store.rules;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What look-ups say of a hand-over, apart from their receipts, which {@link Reports} applies afterwards. */
public final class Lookups {
    private final Round round;

    /** Works on the records of the round. */
    public Lookups(Round round) {
        this.round = round;
    }

    private static boolean isOpen(MessageRecord message) {
        return message.state() == SENT || message.state() == IN_DOUBT;
    }

    /** Leases a message. */
    public void claim(MessageRecord message, Duration lease) {
        round.become(message, message.standing().dueAt(StoreTime.of(round.now().plus(lease))));
    }

    /** What the claimant of a leased message gets; all hand-overs of it must be here. */
    public SyncTask toTask(MessageRecord record, Message message) {
        AttemptRecord attempt = round.records().latestAttempt(record.id());
        Instant endedAt = attempt.ending().endedAt();
        var doubtful = new DoubtfulAttempt(
                attempt.id(),
                message.recipient(),
                message.sender(),
                message.text(),
                message.segments(),
                attempt.startedAt(),
                endedAt == null ? round.now() : endedAt);
        return new SyncTask(
                record.id(),
                record.state(),
                attempt.account(),
                doubtful,
                attempt.providerMessageIds(),
                record.standing().lookups(),
                record.standing().answeredLookups(),
                record.expiresAt(),
                message.doubtPolicy(),
                round.now());
    }

    /** Takes the verdict. */
    public void settle(SyncEnd end) {
        MessageRecord message = round.records().message(end.message());
        AttemptRecord attempt = round.records().attempt(end.attempt());
        if (message == null
                || attempt == null
                || !attempt.message().equals(message.id())
                || attempt.number() != message.standing().attempts()
                || !isOpen(message)) {
            return;
        }
        Instant nextAt = StoreTime.of(round.now().plus(end.nextIn()));
        round.become(message, message.standing().lookedUp(end.answered()).dueAt(nextAt));
        if (message.state() == IN_DOUBT) {
            settleDoubt(message, attempt, end, nextAt);
        } else if (end.whole() && !end.receipts().isEmpty()) {
            settleParts(message, attempt, end);
        }
    }

    /** A hand-over whose answer was lost, and of which receipts told some parts: what a look-up names is all of it. */
    private void settleParts(MessageRecord message, AttemptRecord attempt, SyncEnd end) {
        attempt.learnTaken(round.now());
        if (attempt.isDelivered()) {
            round.move(message, DELIVERED, new Why(EventSource.LOOKUP, attempt.account(), null, end.detail()));
        }
    }

    private void settleDoubt(MessageRecord message, AttemptRecord attempt, SyncEnd end, Instant nextAt) {
        var why = new Why(EventSource.LOOKUP, attempt.account(), null, end.detail());
        switch (end.verdict()) {
            case OPEN -> {}
            case TAKEN -> {
                if (holdAll(attempt, end)) {
                    attempt.learnTaken(round.now());
                    round.move(message, SENT, null, nextAt, why);
                }
            }
            case NOT_TAKEN -> {
                attempt.learn(Ending.of(Result.REFUSED, round.now()));
                round.move(message, QUEUED, null, nextAt, why);
            }
            case RESEND -> round.move(message, QUEUED, null, nextAt, why);
        }
    }

    private boolean holdAll(AttemptRecord attempt, SyncEnd end) {
        List<ProviderId> ids = end.receipts().stream()
                .filter(receipt -> receipt.account().equals(attempt.account()))
                .map(receipt -> new ProviderId(receipt.account(), receipt.providerMessageId()))
                .toList();
        boolean free = ids.stream()
                .map(round.records()::holder)
                .allMatch(holder -> holder == null || holder.equals(attempt.id()));
        if (free) {
            ids.forEach(id -> round.records().hold(attempt, id));
        }
        return free && !ids.isEmpty();
    }
}
