package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.spi.ReceiptState.DELIVERED;
import static io.github.smsdispatch.spi.ReceiptState.ENROUTE;
import static io.github.smsdispatch.spi.ReceiptState.UNDELIVERED;
import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static io.github.smsdispatch.testkit.store.StoreFixture.failure;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.LateRetries;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was taken and reported as not delivered, where it may be handed over again. */
abstract class LateFailureContract extends StoreRules {
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final LateRetries TWICE = new LateRetries(2, PAUSE, Duration.ofHours(1));

    private List<StateChange> report(Receipt... receipts) {
        store().receive(List.of(receipts));
        return store().applyReceipts(100, TWICE).changes();
    }

    private Attempt failedLate() {
        Attempt attempt = fixture().sent("A-1");
        assertOneChange(
                attempt.message(), MessageState.QUEUED, report(failure(null, "A-1", FailureReason.UNAVAILABLE)));
        return attempt;
    }

    private Attempt handedOverAgain() {
        Attempt first = failedLate();
        fixture().advance(PAUSE);
        Attempt second = fixture().begin(fixture().claim(first.message()), BETA);
        fixture().accept(second, "B-1");
        return second;
    }

    @ParameterizedTest
    @EnumSource(names = {"RECIPIENT_BUSY", "THROTTLED", "UNAVAILABLE", "ACCOUNT"})
    @DisplayName("a failure that may pass puts the message back into the queue, for a while, and its history says why")
    void mayPass(FailureReason reason) {
        Attempt attempt = fixture().sent("A-1");

        List<StateChange> changes = report(failure(null, "A-1", reason));

        assertOneChange(attempt.message(), MessageState.QUEUED, changes);
        MessageEvent event = changes.get(0).event();
        assertEquals(
                new MessageEvent(
                        fixture().now(),
                        MessageState.SENT,
                        MessageState.QUEUED,
                        EventSource.RECEIPT,
                        ALPHA,
                        reason,
                        "code-" + reason,
                        "is handed over again"),
                event);
        assertEquals(event, lastEvent(attempt.message()));
        assertEquals(HoldReason.RETRY_LATER, status(attempt.message()).hold());
        assertEquals(reason, status(attempt.message()).reason());
        fixture().advance(PAUSE.minusMillis(1));
        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(Duration.ofMillis(1));
        Claim claim = fixture().claim(attempt.message());
        PastAttempt past = claim.past().get(0);
        assertTrue(past.hasFailedLate());
        assertEquals(reason, past.reason());
        assertEquals(List.of("A-1"), past.providerMessageIds());
    }

    @ParameterizedTest
    @EnumSource(names = {"RECIPIENT", "OPTED_OUT", "CONTENT", "SENDER", "DESTINATION"})
    @DisplayName("a failure for good is the end, whatever may be retried")
    void forGood(FailureReason reason) {
        Attempt attempt = fixture().sent("A-1");

        assertOneChange(attempt.message(), MessageState.UNDELIVERED, report(failure(null, "A-1", reason)));
        assertFalse(store().attempts(attempt.message()).get(0).hasFailedLate());
    }

    @Test
    @DisplayName("a failure without a reason is the end")
    void withoutReason() {
        Attempt attempt = fixture().sent("A-1");

        assertOneChange(attempt.message(), MessageState.UNDELIVERED, report(receipt(null, "A-1", UNDELIVERED)));
    }

    @Test
    @DisplayName("where it is not wished, a failure that may pass is the end")
    void off() {
        Attempt attempt = fixture().sent("A-1");

        assertOneChange(
                attempt.message(),
                MessageState.UNDELIVERED,
                fixture().report(failure(null, "A-1", FailureReason.UNAVAILABLE)));
    }

    @Test
    @DisplayName("the pause doubles, and after the last try a failure is the end")
    void bounded() {
        Attempt second = handedOverAgain();
        assertOneChange(
                second.message(),
                MessageState.QUEUED,
                report(new Receipt(BETA, "B-1", null, UNDELIVERED, "failed", "1", FailureReason.RECIPIENT_BUSY, null)));
        fixture().advance(PAUSE.multipliedBy(2).minusMillis(1));
        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(Duration.ofMillis(1));
        Attempt third = fixture().begin(second.message());
        fixture().accept(third, "A-3");

        assertOneChange(
                third.message(), MessageState.UNDELIVERED, report(failure(null, "A-3", FailureReason.UNAVAILABLE)));
    }

    @Test
    @DisplayName("a failure so late that the pause would end after the validity is the end")
    void tooLate() {
        MessageId inTime = fixture().put(fixture().message().validity(Duration.ofHours(1)));
        MessageId late = fixture().put(fixture().message().validity(Duration.ofHours(1)));
        Attempt first = fixture().begin(inTime);
        fixture().accept(first, "A-1");
        fixture().advance(StoreFixture.LEASE);
        Attempt second = fixture().begin(late);
        fixture().accept(second, "A-2");
        fixture()
                .advance(Duration.ofHours(1)
                        .minus(StoreFixture.LEASE)
                        .minus(PAUSE)
                        .minusMillis(1));

        assertOneChange(inTime, MessageState.QUEUED, report(failure(null, "A-1", FailureReason.UNAVAILABLE)));
        fixture().advance(Duration.ofMillis(1));
        assertOneChange(late, MessageState.UNDELIVERED, report(failure(null, "A-2", FailureReason.UNAVAILABLE)));
    }

    @Test
    @DisplayName("while another hand-over may have been taken, a failure leads to no third one")
    void anotherInDoubt() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());
        fixture().accept(second, "A-2");

        assertOneChange(
                second.message(), MessageState.UNDELIVERED, report(failure(null, "A-2", FailureReason.UNAVAILABLE)));
    }

    @Test
    @DisplayName("a failure of an earlier hand-over leads to none: the later one is under way")
    void notTheLatest() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());
        fixture().accept(second, "A-2");

        assertNoChange(report(failure(first, "A-1", FailureReason.UNAVAILABLE)));

        assertEquals(MessageState.SENT, state(second.message()));
        // Both have failed now.
        assertOneChange(second.message(), MessageState.QUEUED, report(failure(null, "A-2", FailureReason.UNAVAILABLE)));
    }

    @Test
    @DisplayName("of several parts all must have failed")
    void allParts() {
        Attempt attempt = fixture().sent("P-1", "P-2");

        assertNoChange(report(failure(null, "P-1", FailureReason.UNAVAILABLE)));
        assertEquals(MessageState.SENT, state(attempt.message()));
        assertOneChange(
                attempt.message(), MessageState.QUEUED, report(failure(null, "P-2", FailureReason.UNAVAILABLE)));
    }

    @Test
    @DisplayName("a part that is delivered, before or after, makes the failure of another the end")
    void aPartDelivered() {
        Attempt before = fixture().sent("P-1", "P-2");
        Attempt after = fixture().sent("Q-1", "Q-2");
        assertNoChange(report(receipt(null, "P-1", DELIVERED)));
        assertNoChange(report(failure(null, "Q-1", FailureReason.UNAVAILABLE)));

        assertOneChange(
                before.message(), MessageState.UNDELIVERED, report(failure(null, "P-2", FailureReason.UNAVAILABLE)));
        assertOneChange(after.message(), MessageState.UNDELIVERED, report(receipt(null, "Q-2", DELIVERED)));
    }

    @Test
    @DisplayName("a part that failed for good makes the whole a failure at once")
    void aPartForGood() {
        Attempt attempt = fixture().sent("P-1", "P-2", "P-3");
        assertNoChange(report(failure(null, "P-1", FailureReason.UNAVAILABLE)));

        assertOneChange(
                attempt.message(), MessageState.UNDELIVERED, report(failure(null, "P-2", FailureReason.CONTENT)));
    }

    @Test
    @DisplayName("if the other parts are never reported on, the message is undelivered when the grace is over")
    void otherPartsSilent() {
        Attempt attempt = fixture().sent("P-1", "P-2");
        report(failure(null, "P-1", FailureReason.UNAVAILABLE));
        fixture().advance(Message.DEFAULT_VALIDITY.plus(Duration.ofMinutes(59)));
        assertNoChange(store().expire(Duration.ofHours(1), 10));
        fixture().advance(Duration.ofMinutes(1));

        assertOneChange(attempt.message(), MessageState.UNDELIVERED, store().expire(Duration.ofHours(1), 10));
    }

    @Test
    @DisplayName("a failure that overtakes the answer waits for it")
    void beforeTheAnswer() {
        Attempt attempt = fixture().begin(fixture().put());

        assertNoChange(report(failure(attempt, "A-1", FailureReason.UNAVAILABLE)));
        assertEquals(MessageState.SUBMITTING, state(attempt.message()));
        assertOneChange(attempt.message(), MessageState.SENT, fixture().accept(attempt, "A-1"));
        fixture().advance(StoreFixture.PAUSE);
        assertOneChange(
                attempt.message(),
                MessageState.QUEUED,
                store().applyReceipts(10, TWICE).changes());
    }

    @Test
    @DisplayName("a failure settles a doubt, and an answer that comes after all does not make the message sent again")
    void inDoubt() {
        Attempt attempt = fixture().doubtful();

        assertOneChange(
                attempt.message(), MessageState.QUEUED, report(failure(attempt, "A-1", FailureReason.UNAVAILABLE)));
        assertNoChange(fixture().accept(attempt, "A-1"));

        assertEquals(MessageState.QUEUED, state(attempt.message()));
        assertTrue(store().attempts(attempt.message()).get(0).hasFailedLate());
        fixture().advance(PAUSE);
        fixture().begin(attempt.message());
    }

    @Test
    @DisplayName("that it was delivered after all counts, before the next hand-over and after it")
    void deliveredAfterAll() {
        Attempt waiting = failedLate();
        assertOneChange(waiting.message(), MessageState.DELIVERED, report(receipt(waiting, "A-1", DELIVERED)));
        fixture().advance(LATER);
        assertEquals(List.of(), fixture().claim(10));

        Attempt first = fixture().sent("A-2");
        report(failure(null, "A-2", FailureReason.UNAVAILABLE));
        fixture().advance(PAUSE);
        Attempt second = fixture().begin(first.message());
        fixture().accept(second, "A-3");
        assertOneChange(second.message(), MessageState.DELIVERED, report(receipt(first, "A-2", DELIVERED)));
    }

    @Test
    @DisplayName("what comes late or in other words does not move a message that waits for its next hand-over")
    void oldNews() {
        Attempt attempt = failedLate();

        assertNoChange(report(
                receipt(null, "A-1", ENROUTE),
                receipt(null, "A-1", UNDELIVERED),
                failure(null, "A-1", FailureReason.THROTTLED)));
        assertEquals(MessageState.QUEUED, state(attempt.message()));
        fixture().advance(PAUSE);
        Attempt second = fixture().begin(attempt.message());
        fixture().refuse(second);
        assertNoChange(report(new Receipt(ALPHA, "A-1", null, UNDELIVERED, "again", null, null)));
        assertEquals(MessageState.QUEUED, state(attempt.message()));
    }

    @Test
    @DisplayName("a later word that it failed for good ends the waiting")
    void forGoodAfterAll() {
        Attempt attempt = failedLate();

        assertOneChange(
                attempt.message(), MessageState.UNDELIVERED, report(failure(null, "A-1", FailureReason.RECIPIENT)));
    }

    @Test
    @DisplayName(
            "one that is not taken again within its validity is undelivered for the reason it had, without a grace")
    void expires() {
        Attempt attempt = failedLate();
        fixture().advance(Message.DEFAULT_VALIDITY);

        assertOneChange(attempt.message(), MessageState.UNDELIVERED, store().expire(Duration.ofHours(1), 10));
        assertEquals(FailureReason.UNAVAILABLE, status(attempt.message()).reason());
        assertEquals("code-UNAVAILABLE", status(attempt.message()).code());
    }

    @Test
    @DisplayName("one that nobody will take again is undelivered, by a refusal or for want of a route")
    void nobodyElse() {
        Attempt refused = failedLate();
        fixture().advance(PAUSE);
        Attempt second = fixture().begin(fixture().claim(refused.message()), BETA);
        assertOneChange(
                refused.message(),
                MessageState.UNDELIVERED,
                fixture()
                        .finish(
                                second,
                                SubmitOutcome.Refused.because(FailureReason.RECIPIENT, "1", "no such number"),
                                MessageState.REJECTED,
                                null));

        Attempt unrouted = fixture().sent("A-2");
        report(failure(null, "A-2", FailureReason.UNAVAILABLE));
        fixture().advance(PAUSE);
        Claim claim = fixture().claim(unrouted.message());
        assertOneChange(
                unrouted.message(),
                MessageState.UNDELIVERED,
                store().release(List.of(new Release(
                        unrouted.message(), claim.fence(), MessageState.REJECTED, null, Duration.ZERO, "nobody can"))));
    }

    @Test
    @DisplayName("one that waits for its next hand-over can be withdrawn, or be suppressed")
    void withdrawn() {
        Attempt cancelled = failedLate();
        assertOneChange(cancelled.message(), MessageState.CANCELLED, store().cancel(List.of(cancelled.message())));

        Attempt suppressed = fixture().sent("A-2");
        report(failure(null, "A-2", FailureReason.UNAVAILABLE));
        fixture().advance(PAUSE);
        Claim claim = fixture().claim(suppressed.message());
        assertOneChange(
                suppressed.message(),
                MessageState.SUPPRESSED,
                store().release(List.of(new Release(
                        suppressed.message(),
                        claim.fence(),
                        MessageState.SUPPRESSED,
                        null,
                        Duration.ZERO,
                        "opted out"))));
    }

    @Test
    @DisplayName("what a look-up brings counts as a receipt does")
    void byLookup() {
        Attempt attempt = fixture().sent("A-1");
        fixture().advance(StoreFixture.PAUSE);
        assertEquals(1, fixture().claimSync(10).size());

        List<StateChange> changes = store().finishSync(
                        List.of(new SyncEnd(
                                attempt.message(),
                                attempt.id(),
                                Verdict.OPEN,
                                true,
                                List.of(failure(attempt, "A-1", FailureReason.UNAVAILABLE)),
                                true,
                                Duration.ofDays(1),
                                null)),
                        TWICE);

        assertOneChange(attempt.message(), MessageState.QUEUED, changes);
        assertEquals(EventSource.LOOKUP, changes.get(0).event().source());
        fixture().advance(PAUSE);
        fixture().begin(attempt.message());
    }
}
