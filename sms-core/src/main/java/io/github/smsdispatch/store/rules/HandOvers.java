package io.github.smsdispatch.store.rules;

import static io.github.smsdispatch.MessageState.IN_DOUBT;
import static io.github.smsdispatch.MessageState.QUEUED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.SUBMITTING;
import static io.github.smsdispatch.MessageState.SUPPRESSED;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.Begun;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.store.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** From the claim to the answer. */
public final class HandOvers {
    /** Why a message is SUPPRESSED before its hand-over, for people. */
    public static final String OPTED_OUT = "the recipient has opted out";

    private final Round round;

    /** Works on the records of the round. */
    public HandOvers(Round round) {
        this.round = round;
    }

    /** Whether a message may be claimed. */
    public static boolean isClaimable(MessageRecord message, Instant now) {
        Instant nextAt = message.standing().nextAt();
        return message.state().canBecome(SUBMITTING)
                && nextAt != null
                && !nextAt.isAfter(now)
                && message.expiresAt().isAfter(now);
    }

    /** Whether a message comes behind another in the same line. */
    public static boolean isBehind(MessageRecord message, Claim other) {
        Instant nextAt = message.standing().nextAt();
        int order = nextAt == null ? -1 : nextAt.compareTo(other.dueAt());
        return order > 0
                || (order == 0 && message.id().compareTo(other.message().id()) > 0);
    }

    /** Leases a message. */
    public void claim(MessageRecord message, Duration lease) {
        round.become(message, message.standing().claimed(in(lease)));
    }

    /** What the claimant of a leased message gets; all hand-overs of it must be here. */
    public Claim toClaim(MessageRecord record, Message message, boolean suppressed) {
        return new Claim(
                message,
                record.standing().fence(),
                record.dueAt(),
                record.expiresAt(),
                round.now(),
                round.records().attemptsOf(record.id()).stream()
                        .map(AttemptRecord::past)
                        .toList(),
                suppressed);
    }

    /**
     * See {@link io.github.smsdispatch.store.MessageStore#begin}. A message whose validity has ended is void as well.
     *
     * @param isSuppressed whether the recipient of a message has opted out
     */
    public void begin(AttemptStart start, Duration lease, Predicate<MessageRecord> isSuppressed) {
        MessageRecord message = claimed(round.records().message(start.message()), start.fence());
        if (message == null
                || isSuppressed.test(message)
                || !message.state().canBecome(SUBMITTING)
                || !message.expiresAt().isAfter(round.now())) {
            return;
        }
        round.become(message, message.standing().handedTo(start.account()));
        round.records()
                .add(AttemptRecord.fresh(
                        start.attempt(),
                        message.id(),
                        message.standing().attempts(),
                        start.account(),
                        start.receiptsPerPart(),
                        round.now()));
        round.move(message, SUBMITTING, null, in(lease), new Why(EventSource.DISPATCH, start.account(), null, null));
    }

    /**
     * See {@link io.github.smsdispatch.store.MessageStore#beginNext}; all hand-overs of the message must be here. Empty: its
     * recipient has opted out, which ends it.
     */
    public Optional<Begun> beginNext(
            MessageRecord record, Message message, boolean suppressed, BeginRequest request, Duration lease) {
        claim(record, lease);
        if (suppressed) {
            end(record, SUPPRESSED, new Why(EventSource.DISPATCH, null, null, OPTED_OUT));
            return Optional.empty();
        }
        Claim claim = toClaim(record, message, false);
        var start = new AttemptStart(
                record.id(), claim.fence(), request.references().get(), request.account(), request.receiptsPerPart());
        begin(start, lease, any -> false);
        return Optional.of(new Begun(claim, start.attempt(), start.account()));
    }

    /** See {@link io.github.smsdispatch.store.MessageStore#finish}; all hand-overs of the message must be here. */
    public void finish(AttemptEnd end) {
        MessageRecord message = round.records().message(end.message());
        AttemptRecord attempt = round.records().attempt(end.attempt());
        if (message == null || attempt == null || !attempt.message().equals(message.id())) {
            return;
        }
        Result before = attempt.ending().result();
        attempt.learn(Ending.of(end.outcome(), round.now()));
        boolean identified = end.outcome().fold(accepted -> hold(attempt, accepted), refused -> true, unknown -> true);
        if (end.next() == SUPPRESSED) {
            round.optOut(message);
        }
        Why why = identified
                ? why(attempt, end.outcome())
                // An answer with nobody's own id is as good as one without an id: it cannot be followed.
                : new Why(
                        EventSource.DISPATCH,
                        attempt.account(),
                        null,
                        "accepted with an id that belongs to another hand-over");
        boolean isLatest = attempt.number() == message.standing().attempts();
        // A hand-over can be known to have come to nothing before its answer is: then its message waits for another.
        boolean moved = isLatest && !attempt.cameToNothing() && settle(message, end, identified, why);
        boolean hadBeenGivenUp = before == Result.UNKNOWN || before == Result.REFUSED;
        if (!moved && hadBeenGivenUp && attempt.ending().result() != before) {
            round.note(message, afterAll(why, attempt.ending().result()));
        }
    }

    /** Too late to move the message, and still the proof of what became of a hand-over. */
    private static Why afterAll(Why why, Result result) {
        String detail = why.detail() == null ? "" : ": " + why.detail();
        return new Why(
                why.source(),
                why.account(),
                why.reason(),
                why.code(),
                (result == Result.ACCEPTED ? "was accepted" : "was refused") + " after it had been given up" + detail);
    }

    /** Moves the message on by the answer to its latest hand-over; returns whether it did. */
    private boolean settle(MessageRecord message, AttemptEnd end, boolean identified, Why why) {
        int counted = end.outcome().fold(SubmitOutcome.Accepted::segments, refused -> 0, unknown -> 0);
        if (counted > 0) {
            round.become(message, message.standing().countedAs(counted));
        }
        MessageState wanted = !identified && end.next() == SENT ? IN_DOUBT : end.next();
        MessageState next = round.records().endOf(message.id(), wanted);
        if (isNotTheEnd(message, next)) {
            return await(message, why);
        }
        Instant nextAt = in(end.nextIn());
        boolean moved = round.move(message, next, end.hold(), nextAt, why);
        if (!moved && message.state() == next && !next.isFinal()) {
            round.become(message, message.standing().dueAt(nextAt));
        }
        return moved;
    }

    /** See {@link io.github.smsdispatch.store.MessageStore#release}; all hand-overs of the message must be here. */
    public void release(Release release) {
        MessageRecord message = claimed(round.records().message(release.message()), release.fence());
        if (message == null) {
            return;
        }
        var why = new Why(EventSource.DISPATCH, null, null, release.detail());
        if (release.next() != QUEUED) {
            end(message, release.next(), why);
            return;
        }
        Instant nextAt = placeOf(message, release);
        if (message.state() == QUEUED) {
            round.become(message, message.standing().held(release.hold(), nextAt, release.route(), why.detail()));
        } else {
            round.move(message, QUEUED, release.hold(), nextAt, why);
            round.become(message, message.standing().waitingFor(release.route()));
        }
    }

    /** When a message is due that goes back into the queue; where its validity has ended meanwhile, there is no line for it. */
    private Instant placeOf(MessageRecord message, Release release) {
        if (!message.expiresAt().isAfter(round.now())) {
            return message.expiresAt();
        }
        // What was not its own fault does not cost a message its place.
        return release.nextIn().isZero() ? message.dueAt() : in(release.nextIn());
    }

    /** Ends a message that was not handed over now. */
    private void end(MessageRecord message, MessageState next, Why why) {
        if (isNotTheEnd(message, next)) {
            await(message, why);
        } else {
            round.move(message, round.records().endOf(message.id(), next), null, null, why);
        }
    }

    /** REJECTED, SUPPRESSED and EXPIRED say that no provider took it: not so as long as one may have. */
    private boolean isNotTheEnd(MessageRecord message, MessageState next) {
        return next.isFinal() && round.records().mayBeTaken(message.id());
    }

    /**
     * Leaves a message that is not to be handed over again waiting for a report on a hand-over that may have been taken,
     * until {@link Endings} makes it UNCONFIRMED. It cannot be claimed and stands in no line: it is due when its validity has
     * ended ({@link Standing#isAside}). Returns whether its history tells.
     */
    private boolean await(MessageRecord message, Why why) {
        Instant never = message.expiresAt();
        if (message.state() != QUEUED) {
            return round.move(message, QUEUED, null, never, why);
        }
        if (never.equals(message.standing().nextAt())) {
            return false;
        }
        round.become(message, message.standing().held(null, never, null, why.detail()));
        round.note(message, why);
        return true;
    }

    /** Puts a message whose lease has ended in doubt; all hand-overs of it must be here. */
    public void recover(MessageRecord message) {
        AttemptRecord attempt = round.records().latestAttempt(message.id());
        attempt.learn(Ending.of(Result.UNKNOWN, round.now()));
        var why = new Why(EventSource.RECOVERY, attempt.account(), null, "no answer was recorded within the lease");
        round.move(message, IN_DOUBT, null, round.now(), why);
    }

    private static @Nullable MessageRecord claimed(@Nullable MessageRecord message, long fence) {
        boolean valid = message != null
                && message.standing().fence() == fence
                && message.state().canBecome(SUBMITTING);
        return valid ? message : null;
    }

    private boolean hold(AttemptRecord attempt, SubmitOutcome.Accepted accepted) {
        List<String> ids = accepted.providerMessageIds();
        ids.forEach(id -> round.records().hold(attempt, new ProviderId(attempt.account(), id)));
        return !attempt.parts().isEmpty();
    }

    private static Why why(AttemptRecord attempt, SubmitOutcome outcome) {
        return outcome.fold(
                accepted -> new Why(EventSource.DISPATCH, attempt.account(), null, null),
                refused -> new Why(
                        EventSource.DISPATCH, attempt.account(), refused.reason(), refused.code(), refused.detail()),
                unknown -> new Why(EventSource.DISPATCH, attempt.account(), unknown.code(), unknown.detail()));
    }

    private Instant in(Duration pause) {
        return StoreTime.of(round.now().plus(pause));
    }
}
