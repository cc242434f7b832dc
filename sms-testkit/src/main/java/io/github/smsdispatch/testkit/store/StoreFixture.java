package io.github.smsdispatch.testkit.store;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.BeginRound;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.store.SyncTask;
import io.github.smsdispatch.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store on a clock of its own, and the steps of a message's life in few words. */
final class StoreFixture {
    static final ProviderAccount ALPHA = ProviderAccount.of("alpha");
    static final ProviderAccount BETA = ProviderAccount.parse("beta:second");
    static final Duration LEASE = Duration.ofMinutes(1);
    static final Duration PAUSE = Duration.ofMinutes(5);
    static final Duration GRACE = Duration.ofDays(3);

    /** One second before clocks are put forward in St. John's, with as many digits as a database keeps. */
    static final Instant START = Instant.parse("2026-03-08T05:29:59.123456Z");

    private final MovableClock clock = MovableClock.startingAt(START);
    private volatile Duration back = Duration.ZERO;
    private final MessageStore store;

    /** A hand-over that was begun. */
    record Attempt(MessageId message, AttemptId id) {}

    StoreFixture(Function<InstantSource, MessageStore> opener) {
        this.store = opener.apply(this::now);
    }

    MessageStore store() {
        return store;
    }

    Instant now() {
        return clock.instant().minus(back);
    }

    void setBack(Duration by) {
        back = back.plus(by);
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    Message.Builder message() {
        return Message.to("+12025550123").text("Hello");
    }

    MessageId put(Message.Builder builder) {
        Message message = builder.build();
        store.enqueue(List.of(message));
        return message.id();
    }

    /** A new message that waits in the line of an account. */
    MessageId putFor(ProviderAccount account, Message.Builder builder) {
        Message message = builder.build();
        store.enqueue(List.of(message), Map.of(message.id(), account));
        return message.id();
    }

    /** Begins what waits for an account, as many of each lane as given. */
    BeginRound beginNext(ProviderAccount account, Map<Lane, Integer> places) {
        return store.beginNext(List.of(new BeginRequest(account, places, false, AttemptId::create)), LEASE);
    }

    MessageId put() {
        return put(message());
    }

    List<Claim> claim(int limit) {
        return store.claim(new ClaimRequest(Lane.NORMAL, limit, LEASE));
    }

    /** Claims the message, and whatever is due with it. */
    Claim claim(MessageId message) {
        return claim(100).stream()
                .filter(claim -> claim.message().id().equals(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the message cannot be claimed"));
    }

    Attempt begin(Claim claim, ProviderAccount account) {
        return begin(claim, account, false);
    }

    /** A new hand-over of a text of two segments. */
    Attempt beginLong(boolean receiptsPerPart) {
        return begin(claim(put(message().text("x".repeat(300)))), ALPHA, receiptsPerPart);
    }

    private Attempt begin(Claim claim, ProviderAccount account, boolean receiptsPerPart) {
        var attempt = new Attempt(claim.message().id(), AttemptId.create());
        List<StateChange> begun = store.begin(
                List.of(new AttemptStart(attempt.message(), claim.fence(), attempt.id(), account, receiptsPerPart)),
                LEASE);
        if (begun.size() != 1) {
            throw new AssertionError("the hand-over was not begun");
        }
        return attempt;
    }

    Attempt begin(MessageId message) {
        return begin(claim(message), ALPHA);
    }

    List<StateChange> finish(Attempt attempt, SubmitOutcome outcome, MessageState next, @Nullable HoldReason hold) {
        return store.finish(List.of(new AttemptEnd(attempt.message(), attempt.id(), outcome, next, hold, PAUSE)));
    }

    List<StateChange> accept(Attempt attempt, String... ids) {
        return finish(attempt, new SubmitOutcome.Accepted(Arrays.asList(ids), 0, null), MessageState.SENT, null);
    }

    List<StateChange> refuse(Attempt attempt) {
        return finish(
                attempt,
                SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, "503", "not there"),
                MessageState.QUEUED,
                HoldReason.RETRY_LATER);
    }

    List<StateChange> doubt(Attempt attempt) {
        return finish(attempt, new SubmitOutcome.Unknown("504", "no answer"), MessageState.IN_DOUBT, null);
    }

    /** A new message that the default account took. */
    Attempt sent(String... ids) {
        Attempt attempt = begin(put());
        accept(attempt, ids);
        return attempt;
    }

    /** A new message of which it is not known whether the default account took it. */
    Attempt doubtful() {
        Attempt attempt = begin(put());
        doubt(attempt);
        return attempt;
    }

    /** A doubtful message that its policy put back into the queue. */
    Attempt resent() {
        Attempt attempt = doubtful();
        settle(attempt, Verdict.RESEND, Duration.ZERO);
        return attempt;
    }

    static Receipt receipt(@Nullable Attempt reference, String id, ReceiptState state) {
        return new Receipt(
                ALPHA,
                id,
                reference == null ? null : reference.id(),
                state,
                "word-" + state,
                state == ReceiptState.UNDELIVERED ? "30003" : null,
                START);
    }

    /** That a message failed for a reason. */
    static Receipt failure(@Nullable Attempt reference, String id, FailureReason reason) {
        return new Receipt(
                ALPHA,
                id,
                reference == null ? null : reference.id(),
                ReceiptState.UNDELIVERED,
                "failed",
                "code-" + reason,
                reason,
                START);
    }

    List<StateChange> report(Receipt... receipts) {
        store.receive(List.of(receipts));
        return store.applyReceipts(100).changes();
    }

    List<StateChange> report(String id, ReceiptState state) {
        return report(receipt(null, id, state));
    }

    List<SyncTask> claimSync(int limit) {
        return store.claimSync(ALPHA, limit, LEASE);
    }

    List<StateChange> settle(Attempt attempt, Verdict verdict, Duration nextIn, Receipt... receipts) {
        return store.finishSync(List.of(new SyncEnd(
                attempt.message(), attempt.id(), verdict, true, List.of(receipts), true, nextIn, "looked up")));
    }
}
