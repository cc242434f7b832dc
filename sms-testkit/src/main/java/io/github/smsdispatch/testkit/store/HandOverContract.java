package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class HandOverContract extends StoreRules {
    @Test
    @DisplayName("a hand-over that has begun is open: the message is SUBMITTING and counts an attempt")
    void begun() {
        MessageId id = fixture().put();
        Attempt attempt = fixture().begin(id);

        MessageStatus status = status(id);
        assertEquals(MessageState.SUBMITTING, status.state());
        assertEquals(1, status.attempts());
        assertEquals(ALPHA, status.account());
        assertNull(status.providerMessageId());
        assertEquals(
                new MessageEvent(
                        fixture().now(),
                        MessageState.QUEUED,
                        MessageState.SUBMITTING,
                        EventSource.DISPATCH,
                        ALPHA,
                        null,
                        null),
                lastEvent(id));
        assertEquals(
                List.of(new PastAttempt(
                        attempt.id(),
                        ALPHA,
                        Result.OPEN,
                        null,
                        null,
                        null,
                        List.of(),
                        fixture().now(),
                        null)),
                store().attempts(id));
        assertEquals(List.of(), fixture().claim(10));
    }

    @Test
    @DisplayName("an accepted message is SENT, with the provider's id and count of segments")
    void accepted() {
        Attempt attempt = fixture().begin(fixture().put());
        var cost = new SubmitOutcome.Cost(new BigDecimal("0.00750"), Currency.getInstance("USD"));

        List<StateChange> changes =
                fixture().finish(attempt, new SubmitOutcome.Accepted(List.of("A-1"), 3, cost), MessageState.SENT, null);

        assertOneChange(attempt.message(), MessageState.SENT, changes);
        assertEquals("A-1", status(attempt.message()).providerMessageId());
        assertEquals(3, status(attempt.message()).segments());
        PastAttempt past = store().attempts(attempt.message()).get(0);
        assertEquals(Result.ACCEPTED, past.result());
        assertEquals(List.of("A-1"), past.providerMessageIds());
        assertEquals(fixture().now(), past.endedAt());
    }

    @Test
    @DisplayName("the pause that a refusal asks for is kept, rounded up to seconds")
    void retryAfter() {
        Attempt attempt = fixture().begin(fixture().put());
        var refused =
                new SubmitOutcome.Refused(FailureReason.RECIPIENT_BUSY, "429", "too many", Duration.ofMillis(90_001));

        fixture().finish(attempt, refused, MessageState.QUEUED, HoldReason.RETRY_LATER);

        PastAttempt past = store().attempts(attempt.message()).get(0);
        assertEquals(FailureReason.RECIPIENT_BUSY, past.reason());
        assertEquals(Duration.ofSeconds(91), past.retryAfter());
    }

    @Test
    @DisplayName("the ids of several parts are kept in their order")
    void severalParts() {
        Attempt attempt = fixture().sent("P-3", "P-1", "P-2");

        assertEquals(
                List.of("P-3", "P-1", "P-2"),
                store().attempts(attempt.message()).get(0).providerMessageIds());
        assertEquals("P-3", status(attempt.message()).providerMessageId());
    }

    @Test
    @DisplayName("a refused message goes back to the queue with the reason, and waits")
    void refused() {
        Attempt attempt = fixture().begin(fixture().put());

        List<StateChange> changes = fixture().refuse(attempt);

        assertOneChange(attempt.message(), MessageState.QUEUED, changes);
        assertEquals(FailureReason.UNAVAILABLE, changes.get(0).event().reason());
        assertEquals("503", changes.get(0).event().code());
        assertEquals("not there", changes.get(0).event().detail());
        assertEquals(HoldReason.RETRY_LATER, status(attempt.message()).hold());
        assertEquals("503", status(attempt.message()).code());
        PastAttempt past = store().attempts(attempt.message()).get(0);
        assertEquals(Result.REFUSED, past.result());
        assertEquals(FailureReason.UNAVAILABLE, past.reason());
        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(PAUSE);
        fixture().claim(attempt.message());
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "EXPIRED", "SUPPRESSED"})
    @DisplayName("a refusal may be final")
    void refusedForGood(MessageState end) {
        Attempt attempt = fixture().begin(fixture().put());
        var refusal = SubmitOutcome.Refused.because(FailureReason.RECIPIENT, "21211", "no such number");

        assertOneChange(attempt.message(), end, fixture().finish(attempt, refusal, end, null));

        assertEquals("21211", status(attempt.message()).code());
        assertTrue(store().nextWorkAt().isEmpty());
    }

    @Test
    @DisplayName("an unknown outcome puts the message in doubt, to be asked for when told")
    void unknown() {
        Attempt attempt = fixture().begin(fixture().put());

        assertOneChange(attempt.message(), MessageState.IN_DOUBT, fixture().doubt(attempt));

        PastAttempt past = store().attempts(attempt.message()).get(0);
        assertEquals(Result.UNKNOWN, past.result());
        assertEquals("504", past.code());
        assertEquals(List.of(), fixture().claimSync(10));
        fixture().advance(PAUSE);
        assertEquals(1, fixture().claimSync(10).size());
    }

    @Test
    @DisplayName("many hand-overs end in one call, each in its own way")
    void manyEnds() {
        var attempts = new ArrayList<Attempt>();
        for (int i = 0; i < 30; i++) {
            fixture().put();
        }
        fixture().claim(30).forEach(claim -> attempts.add(fixture().begin(claim, ALPHA)));
        var ends = new ArrayList<AttemptEnd>();
        for (int i = 0; i < 30; i++) {
            ends.add(new AttemptEnd(
                    attempts.get(i).message(),
                    attempts.get(i).id(),
                    i % 3 == 0
                            ? SubmitOutcome.Accepted.as("M-" + i)
                            : i % 3 == 1
                                    ? SubmitOutcome.Refused.because(FailureReason.CONTENT, "c" + i, "bad")
                                    : new SubmitOutcome.Unknown(null, "gone"),
                    i % 3 == 0 ? MessageState.SENT : i % 3 == 1 ? MessageState.REJECTED : MessageState.IN_DOUBT,
                    null,
                    Duration.ofSeconds(i)));
        }

        assertEquals(30, store().finish(ends).size());

        for (int i = 0; i < 30; i++) {
            assertEquals(ends.get(i).next(), state(ends.get(i).message()));
            assertEquals(
                    i % 3 == 0 ? "M-" + i : null, status(ends.get(i).message()).providerMessageId());
            assertEquals(
                    i % 3 == 1 ? "c" + i : null, status(ends.get(i).message()).code());
        }
        assertEquals(fixture().now(), store().nextWorkAt().orElseThrow());
    }

    @Test
    @DisplayName("a hand-over whose lease has ended is in doubt, and due for a look-up at once")
    void recovered() {
        Attempt attempt = fixture().begin(fixture().put());
        fixture().advance(LEASE.minusNanos(1000));
        assertNoChange(store().recover(10));
        fixture().advance(Duration.ofNanos(1000));

        List<StateChange> changes = store().recover(10);

        assertOneChange(attempt.message(), MessageState.IN_DOUBT, changes);
        assertEquals(EventSource.RECOVERY, changes.get(0).event().source());
        assertEquals(ALPHA, changes.get(0).event().account());
        assertEquals(Result.UNKNOWN, store().attempts(attempt.message()).get(0).result());
        assertEquals(1, fixture().claimSync(10).size());
        assertNoChange(store().recover(10));
    }

    @Test
    @DisplayName("no more than the limit is recovered")
    void recoverLimit() {
        for (int i = 0; i < 3; i++) {
            fixture().begin(fixture().put());
        }
        fixture().advance(LEASE);

        assertEquals(2, store().recover(2).size());
        assertEquals(1, store().recover(2).size());
    }

    @Test
    @DisplayName("an answer that comes after the recovery settles the doubt")
    void lateAnswer() {
        Attempt accepted = fixture().begin(fixture().put());
        Attempt refused = fixture().begin(fixture().put());
        fixture().advance(LEASE);
        store().recover(10);

        assertOneChange(accepted.message(), MessageState.SENT, fixture().accept(accepted, "A-1"));
        assertOneChange(refused.message(), MessageState.QUEUED, fixture().refuse(refused));

        assertEquals(
                Result.ACCEPTED, store().attempts(accepted.message()).get(0).result());
    }

    @Test
    @DisplayName("an answer that comes when the message is to be handed over again keeps it from that")
    void answerBeforeResend() {
        Attempt attempt = fixture().resent();

        assertOneChange(attempt.message(), MessageState.SENT, fixture().accept(attempt, "A-1"));

        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(PAUSE);
        assertEquals(List.of("A-1"), fixture().claimSync(10).get(0).providerMessageIds());
    }

    @Test
    @DisplayName("an answer that comes after a receipt keeps the ids and leaves the state")
    void answerAfterReceipt() {
        Attempt attempt = fixture().begin(fixture().put());
        fixture().report(receipt(attempt, "A-1", ReceiptState.DELIVERED));

        assertNoChange(fixture().accept(attempt, "A-1", "A-2"));

        assertEquals(MessageState.DELIVERED, state(attempt.message()));
        assertEquals(
                List.of("A-1", "A-2"),
                store().attempts(attempt.message()).get(0).providerMessageIds());
    }

    @Test
    @DisplayName("an answer to an earlier hand-over is kept with it and does not move the message")
    void answerToEarlierHandOver() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());

        assertNoChange(fixture().accept(first, "A-1"));

        assertEquals(MessageState.SUBMITTING, state(second.message()));
        List<PastAttempt> attempts = store().attempts(first.message());
        assertEquals(Result.ACCEPTED, attempts.get(0).result());
        assertEquals(List.of("A-1"), attempts.get(0).providerMessageIds());
        assertEquals(Result.OPEN, attempts.get(1).result());
        assertEquals(
                new MessageEvent(
                        fixture().now(),
                        MessageState.SUBMITTING,
                        MessageState.SUBMITTING,
                        EventSource.DISPATCH,
                        ALPHA,
                        null,
                        "was accepted after it had been given up"),
                lastEvent(first.message()));
        int events = store().history(first.message()).size();
        assertNoChange(fixture().accept(first, "A-1"));
        assertEquals(events, store().history(first.message()).size());
        fixture().report("A-1", ReceiptState.DELIVERED);
        assertEquals(MessageState.DELIVERED, state(first.message()));
    }

    @Test
    @DisplayName(
            "a refusal of an earlier hand-over is kept in the history with its reason and does not move the message")
    void refusalOfEarlierHandOver() {
        Attempt first = fixture().resent();
        fixture().begin(first.message());

        assertNoChange(fixture().refuse(first));

        assertEquals(Result.REFUSED, store().attempts(first.message()).get(0).result());
        assertEquals(
                new MessageEvent(
                        fixture().now(),
                        MessageState.SUBMITTING,
                        MessageState.SUBMITTING,
                        EventSource.DISPATCH,
                        ALPHA,
                        FailureReason.UNAVAILABLE,
                        "503",
                        "was refused after it had been given up: not there"),
                lastEvent(first.message()));
    }

    @Test
    @DisplayName("an answer that comes after the end of its message is kept in the history, with the ids")
    void answerAfterTheEnd() {
        Attempt attempt = fixture().doubtful();
        fixture().advance(Duration.ofDays(30));
        store().expire(StoreFixture.GRACE, 10);

        assertNoChange(fixture().accept(attempt, "A-1"));

        assertEquals(MessageState.UNCONFIRMED, state(attempt.message()));
        assertEquals("A-1", status(attempt.message()).providerMessageId());
        assertEquals(
                "was accepted after it had been given up",
                lastEvent(attempt.message()).detail());
    }

    @Test
    @DisplayName("an answer that comes twice changes nothing the second time")
    void answerTwice() {
        Attempt attempt = fixture().sent("A-1");

        assertNoChange(fixture().accept(attempt, "A-1"));
        assertNoChange(fixture().doubt(attempt));

        assertEquals(MessageState.SENT, state(attempt.message()));
        assertEquals(Result.ACCEPTED, store().attempts(attempt.message()).get(0).result());
        assertEquals(3, store().history(attempt.message()).size());
    }

    @Test
    @DisplayName("an id that another hand-over holds is not taken over: what cannot be followed is in doubt")
    void idOfAnother() {
        Attempt first = fixture().sent("A-1");
        Attempt second = fixture().begin(fixture().put());

        assertOneChange(second.message(), MessageState.IN_DOUBT, fixture().accept(second, "A-1"));

        assertEquals(Result.ACCEPTED, store().attempts(second.message()).get(0).result());
        fixture().report("A-1", ReceiptState.DELIVERED);
        assertEquals(MessageState.DELIVERED, state(first.message()));
        assertEquals(MessageState.IN_DOUBT, state(second.message()));
    }

    @Test
    @DisplayName("the same id at two accounts is two ids")
    void idsPerAccount() {
        Attempt first = fixture().sent("A-1");
        Attempt second = fixture().begin(fixture().claim(fixture().put()), StoreFixture.BETA);

        assertOneChange(second.message(), MessageState.SENT, fixture().accept(second, "A-1"));

        fixture().report("A-1", ReceiptState.DELIVERED);
        assertEquals(MessageState.DELIVERED, state(first.message()));
        assertEquals(MessageState.SENT, state(second.message()));
    }

    @Test
    @DisplayName("codes and details of any length are taken")
    void longWords() {
        Attempt attempt = fixture().begin(fixture().put());
        var refusal = SubmitOutcome.Refused.because(FailureReason.CONTENT, "c".repeat(1000), "🚀".repeat(1000));

        assertOneChange(
                attempt.message(),
                MessageState.REJECTED,
                fixture().finish(attempt, refusal, MessageState.REJECTED, null));

        assertTrue("c"
                .repeat(1000)
                .startsWith(String.valueOf(status(attempt.message()).code())));
        assertTrue("🚀"
                .repeat(1000)
                .startsWith(String.valueOf(status(attempt.message()).detail())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00000000000000000001",
                "999999999999.99999999",
                "999999999999.999999999",
                "99999999999999999999.99999999999999999999"
            })
    @DisplayName("numbers that no provider should send do not cost the answer, nor those that are recorded with it")
    void strangeNumbers(String amount) {
        Attempt strange = fixture().begin(fixture().put());
        Attempt other = fixture().begin(fixture().put());
        var cost = new SubmitOutcome.Cost(new BigDecimal(amount), Currency.getInstance("USD"));
        var answer =
                new SubmitOutcome.Accepted(List.of("\uD83D \u0000 \uDE80", "🚀".repeat(500)), Integer.MAX_VALUE, cost);

        List<StateChange> changes = store().finish(List.of(
                new AttemptEnd(strange.message(), strange.id(), answer, MessageState.SENT, null, PAUSE),
                new AttemptEnd(
                        other.message(),
                        other.id(),
                        SubmitOutcome.Accepted.as("A-1"),
                        MessageState.SENT,
                        null,
                        PAUSE)));

        assertEquals(2, changes.size());
        assertEquals(MessageState.SENT, state(strange.message()));
        assertEquals(MessageState.SENT, state(other.message()));
        assertEquals(Integer.MAX_VALUE, status(strange.message()).segments());
        assertEquals(
                Integer.MAX_VALUE + 1L,
                store().counts().stream().mapToLong(StateCount::segments).sum());
    }

    @Test
    @DisplayName("what is not known is passed over")
    void unknownAttempts() {
        Attempt known = fixture().begin(fixture().put());

        assertNoChange(fixture().accept(new Attempt(known.message(), AttemptId.create()), "A-1"));
        assertNoChange(fixture().accept(new Attempt(MessageId.create(), known.id()), "A-2"));

        assertEquals(MessageState.SUBMITTING, state(known.message()));
    }
}
