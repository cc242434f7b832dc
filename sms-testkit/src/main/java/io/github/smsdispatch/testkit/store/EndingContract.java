package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.GRACE;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class EndingContract extends StoreRules {
    private static final SubmitOutcome REFUSAL =
            SubmitOutcome.Refused.because(FailureReason.RECIPIENT, "21211", "no such number");

    @Test
    @DisplayName("what waits for a hand-over is EXPIRED at the end of its validity, whatever the grace")
    void expired() {
        MessageId id = fixture().put();
        fixture().advance(Message.DEFAULT_VALIDITY.minusNanos(1000));
        assertNoChange(store().expire(GRACE, 10));
        fixture().advance(Duration.ofNanos(1000));

        List<StateChange> changes = store().expire(GRACE, 10);

        assertOneChange(id, MessageState.EXPIRED, changes);
        assertEquals(EventSource.EXPIRY, changes.get(0).event().source());
        assertTrue(store().nextWorkAt().isEmpty());
    }

    @Test
    @DisplayName("a message that was due later and never claimed expires too")
    void scheduledExpired() {
        MessageId id = fixture().put(fixture().message().dueAt(fixture().now().plusSeconds(10)));
        fixture().advance(Message.DEFAULT_VALIDITY.plusSeconds(9));
        assertNoChange(store().expire(GRACE, 10));
        fixture().advance(Duration.ofSeconds(1));

        assertOneChange(id, MessageState.EXPIRED, store().expire(GRACE, 10));
    }

    @Test
    @DisplayName("a claim does not keep a message from expiring")
    void claimedExpired() {
        MessageId id = fixture().put();
        Claim claim = fixture().claim(id);
        fixture().advance(Message.DEFAULT_VALIDITY);

        assertOneChange(id, MessageState.EXPIRED, store().expire(GRACE, 10));
        assertNoChange(store().begin(List.of(start(claim)), LEASE));
    }

    @Test
    @DisplayName("what was taken, or is in doubt, is UNCONFIRMED when the grace is over as well")
    void unconfirmed() {
        Attempt sent = fixture().sent("A-1");
        Attempt doubtful = fixture().doubtful();
        fixture().advance(Message.DEFAULT_VALIDITY.plus(GRACE).minusNanos(1000));
        assertNoChange(store().expire(GRACE, 10));
        fixture().advance(Duration.ofNanos(1000));

        List<StateChange> changes = store().expire(GRACE, 10);

        assertEquals(2, changes.size());
        assertEquals(MessageState.UNCONFIRMED, state(sent.message()));
        assertEquals(MessageState.UNCONFIRMED, state(doubtful.message()));
        assertTrue(store().nextWorkAt().isEmpty());
    }

    @Test
    @DisplayName("a hand-over under way does not expire; it is recovered first")
    void submitting() {
        Attempt attempt = fixture().begin(fixture().put());
        fixture().advance(Message.DEFAULT_VALIDITY.plus(GRACE));

        assertNoChange(store().expire(GRACE, 10));
        store().recover(10);
        assertOneChange(attempt.message(), MessageState.UNCONFIRMED, store().expire(GRACE, 10));
    }

    @Test
    @DisplayName("a receipt that comes in the grace still counts")
    void receiptInGrace() {
        Attempt attempt = fixture().sent("A-1");
        fixture().advance(Message.DEFAULT_VALIDITY.plusSeconds(1));
        store().expire(GRACE, 10);

        assertOneChange(attempt.message(), MessageState.DELIVERED, fixture().report("A-1", ReceiptState.DELIVERED));
    }

    @Test
    @DisplayName("no more than the limit expires, over all states together")
    void limit() {
        fixture().sent("A-1");
        fixture().put();
        fixture().put(fixture().message().dueAt(fixture().now().plusSeconds(1)));
        fixture().advance(Message.DEFAULT_VALIDITY.plus(GRACE).plusSeconds(1));

        assertEquals(2, store().expire(GRACE, 2).size());
        assertEquals(1, store().expire(GRACE, 2).size());
        assertEquals(0, store().expire(GRACE, 2).size());
    }

    @Test
    @DisplayName("what has its grace, or is under way, does not keep what is over behind it from expiring")
    void graceInFront() {
        Attempt first = fixture().sent("A-1");
        Attempt second = fixture().sent("A-2");
        Attempt underWay = fixture().begin(fixture().put());
        fixture().advance(Duration.ofSeconds(1));
        MessageId waiting = fixture().put();
        fixture().advance(Message.DEFAULT_VALIDITY.plusSeconds(1));

        assertOneChange(waiting, MessageState.EXPIRED, store().expire(GRACE, 1));
        assertEquals(List.of(), store().expire(GRACE, 1));
        assertEquals(1, store().recover(10).size());
        fixture().advance(GRACE.minusSeconds(3));
        assertEquals(List.of(), store().expire(GRACE, 10));
        fixture().advance(Duration.ofSeconds(2));
        assertEquals(
                Set.of(first.message(), second.message(), underWay.message()),
                store().expire(GRACE, 10).stream().map(StateChange::message).collect(Collectors.toSet()));
    }

    @Test
    @DisplayName("what is not with a provider can be withdrawn")
    void cancelled() {
        MessageId queued = fixture().put();
        MessageId scheduled =
                fixture().put(fixture().message().dueAt(fixture().now().plusSeconds(1)));

        List<StateChange> changes = store().cancel(List.of(queued, scheduled, MessageId.create()));

        assertEquals(2, changes.size());
        assertEquals(EventSource.CALLER, changes.get(0).event().source());
        assertEquals(MessageState.CANCELLED, state(queued));
        assertEquals(MessageState.CANCELLED, state(scheduled));
        assertTrue(store().nextWorkAt().isEmpty());
        assertNoChange(store().cancel(List.of(queued)));
    }

    @Test
    @DisplayName("a withdrawal voids a claim, and a hand-over that has begun cannot be withdrawn")
    void cancelAgainstClaim() {
        MessageId id = fixture().put();
        Claim claim = fixture().claim(id);
        Attempt begun = fixture().begin(fixture().put());

        assertOneChange(id, MessageState.CANCELLED, store().cancel(List.of(id, begun.message())));

        assertNoChange(store().begin(List.of(start(claim)), LEASE));
        assertEquals(MessageState.SUBMITTING, state(begun.message()));
    }

    @Test
    @DisplayName("a withdrawal after a refusal is in time")
    void cancelAfterRefusal() {
        Attempt attempt = fixture().begin(fixture().put());
        fixture().refuse(attempt);

        assertOneChange(attempt.message(), MessageState.CANCELLED, store().cancel(List.of(attempt.message())));
    }

    @Test
    @DisplayName("what is to be sent again, but may have been taken before, ends like what is in doubt")
    void resent() {
        Attempt attempt = fixture().resent();
        MessageId untouched = fixture().put();
        fixture().advance(Message.DEFAULT_VALIDITY.plus(GRACE).minusNanos(1000));

        assertOneChange(untouched, MessageState.EXPIRED, store().expire(GRACE, 1));
        assertNoChange(store().expire(GRACE, 10));
        assertEquals(MessageState.QUEUED, state(attempt.message()));
        fixture().advance(Duration.ofNanos(1000));

        assertOneChange(attempt.message(), MessageState.UNCONFIRMED, store().expire(GRACE, 10));
        assertTrue(store().nextWorkAt().isEmpty());
    }

    @Test
    @DisplayName("what may have been taken cannot be withdrawn, also after a refusal elsewhere")
    void cancelAfterDoubt() {
        Attempt doubtful = fixture().resent();
        assertNoChange(store().cancel(List.of(doubtful.message())));
        fixture().refuse(fixture().begin(fixture().claim(doubtful.message()), StoreFixture.BETA));

        assertNoChange(store().cancel(List.of(doubtful.message())));
        assertEquals(MessageState.QUEUED, state(doubtful.message()));
    }

    @Test
    @DisplayName("a hand-over that was proven not to be taken does not keep a message from expiring or being withdrawn")
    void notTaken() {
        Attempt expires = fixture().doubtful();
        fixture().settle(expires, Verdict.NOT_TAKEN, Duration.ZERO);
        Attempt withdrawn = fixture().doubtful();
        fixture().settle(withdrawn, Verdict.NOT_TAKEN, Duration.ZERO);

        assertOneChange(withdrawn.message(), MessageState.CANCELLED, store().cancel(List.of(withdrawn.message())));
        fixture().advance(Message.DEFAULT_VALIDITY);
        assertOneChange(expires.message(), MessageState.EXPIRED, store().expire(GRACE, 10));
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "SUPPRESSED", "EXPIRED"})
    @DisplayName(
            "a claim does not end a message of which an earlier hand-over may have been taken: it waits for a receipt")
    void releasedAfterDoubt(MessageState end) {
        MessageId id = fixture().resent().message();
        Claim claim = fixture().claim(id);

        assertNoChange(store().release(List.of(new Release(id, claim.fence(), end, null, Duration.ZERO, "no more"))));

        assertEquals("no more", status(id).detail());
        assertEquals("no more", lastEvent(id).detail());
        assertNoChange(store().begin(List.of(start(claim)), LEASE));
        assertIsUnconfirmedInTheEnd(id);
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "SUPPRESSED", "EXPIRED"})
    @DisplayName("neither does a refusal: it waits for a receipt of the earlier hand-over")
    void refusedAfterDoubt(MessageState end) {
        MessageId id = fixture().resent().message();
        Attempt second = fixture().begin(fixture().claim(id), StoreFixture.BETA);

        List<StateChange> changes = fixture().finish(second, REFUSAL, end, null);

        assertOneChange(id, MessageState.QUEUED, changes);
        assertEquals(FailureReason.RECIPIENT, status(id).reason());
        assertNoChange(fixture().finish(second, REFUSAL, end, null));
        assertNoChange(store().cancel(List.of(id)));
        assertIsUnconfirmedInTheEnd(id);
    }

    private void assertIsUnconfirmedInTheEnd(MessageId id) {
        for (Duration pause : List.of(
                LATER,
                Message.DEFAULT_VALIDITY.minus(LATER).minusNanos(1000),
                Duration.ofNanos(1000),
                GRACE.minusNanos(1000))) {
            fixture().advance(pause);
            assertEquals(List.of(), fixture().claim(10));
            assertStandsInNoLine();
            assertNoChange(store().expire(GRACE, 10));
        }
        fixture().advance(Duration.ofNanos(1000));
        assertOneChange(id, MessageState.UNCONFIRMED, store().expire(GRACE, 10));
        assertTrue(store().nextWorkAt().isEmpty());
    }

    /** Otherwise it would look as if there was something to do, and those who came would find nothing. */
    private void assertStandsInNoLine() {
        assertEquals(Map.of(), store().outlook().lines());
        assertTrue(store().nextWorkAt().isPresent(), "it is still open");
    }

    @Test
    @DisplayName(
            "what may have been taken and was in line when its validity ended leaves the line, until its grace ends")
    void outOfLine() {
        MessageId chosen = fixture().resent().message();
        release(fixture().claim(chosen), ALPHA);
        MessageId unsorted = fixture().resent().message();
        fixture().advance(Message.DEFAULT_VALIDITY);
        assertEquals(
                Set.of(new Line(ALPHA, Lane.NORMAL), new Line(null, Lane.NORMAL)),
                store().outlook().lines().keySet());

        assertNoChange(store().expire(GRACE, 10));

        assertStandsInNoLine();
        assertEquals(
                List.of(), fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10)).begun());
        assertEquals(List.of(), fixture().claim(10));
        assertNoChange(store().cancel(List.of(chosen, unsorted)));
        assertEquals(Set.of(), store().erase(List.of(chosen, unsorted)));
        assertEquals(0, store().purge(Duration.ZERO, 10).messages());
        fixture().advance(GRACE);
        assertEquals(2, store().expire(GRACE, 10).size());
        assertEquals(MessageState.UNCONFIRMED, state(chosen));
        assertEquals(MessageState.UNCONFIRMED, state(unsorted));
        assertEquals(Set.of(chosen), store().erase(List.of(chosen)));
        assertEquals(2, store().purge(Duration.ZERO, 10).messages());
    }

    @Test
    @DisplayName("and a claim of it that is released then does not bring it back")
    void claimedOutOfLine() {
        MessageId id = fixture().resent().message();
        fixture().advance(Message.DEFAULT_VALIDITY.minusNanos(1000));
        Claim claim = fixture().claim(id);
        fixture().advance(Duration.ofNanos(1000));
        store().expire(GRACE, 10);

        release(claim, ALPHA);

        store().expire(GRACE, 10);
        assertStandsInNoLine();
    }

    @Test
    @DisplayName("a receipt that comes in the grace settles it")
    void reportOutOfLine() {
        Attempt delivered = fixture().resent();
        Attempt failed = fixture().resent();
        Attempt under = fixture().resent();
        fixture().advance(Message.DEFAULT_VALIDITY);
        store().expire(GRACE, 10);

        assertOneChange(
                delivered.message(),
                MessageState.DELIVERED,
                fixture().report(receipt(delivered, "A-1", ReceiptState.DELIVERED)));
        assertOneChange(
                failed.message(),
                MessageState.UNDELIVERED,
                fixture().report(receipt(failed, "A-2", ReceiptState.UNDELIVERED)));
        assertOneChange(
                under.message(), MessageState.SENT, fixture().report(receipt(under, "A-3", ReceiptState.ENROUTE)));
        assertEquals(1, fixture().claimSync(10).size());
    }

    @Test
    @DisplayName("when it turns out that it was not taken, it is back in line, and can be withdrawn")
    void notTakenAfterAll() {
        Attempt first = fixture().resent();
        Claim claim = fixture().claim(first.message());
        store().release(List.of(
                new Release(first.message(), claim.fence(), MessageState.REJECTED, null, Duration.ZERO, null)));
        assertStandsInNoLine();

        assertNoChange(fixture().refuse(first));

        assertEquals(
                Map.of(new Line(null, Lane.NORMAL), fixture().now().plus(PAUSE)),
                store().outlook().lines());
        assertOneChange(first.message(), MessageState.CANCELLED, store().cancel(List.of(first.message())));
    }

    private void release(Claim claim, ProviderAccount route) {
        store().release(List.of(new Release(
                claim.message().id(), claim.fence(), MessageState.QUEUED, null, Duration.ZERO, null, route)));
    }

    @Test
    @DisplayName("the receipt of the earlier hand-over then settles the message, whether it was delivered or not")
    void receiptOfTheEarlierHandOver() {
        Attempt delivered = fixture().resent();
        fixture().finish(fixture().begin(delivered.message()), REFUSAL, MessageState.REJECTED, null);
        Attempt failed = fixture().resent();
        Claim claim = fixture().claim(failed.message());
        store().release(List.of(
                new Release(failed.message(), claim.fence(), MessageState.SUPPRESSED, null, Duration.ZERO, null)));

        assertOneChange(
                delivered.message(),
                MessageState.DELIVERED,
                fixture().report(receipt(delivered, "A-1", ReceiptState.DELIVERED)));
        assertOneChange(
                failed.message(),
                MessageState.UNDELIVERED,
                fixture().report(receipt(failed, "B-1", ReceiptState.UNDELIVERED)));
    }

    @Test
    @DisplayName("a failure of the earlier hand-over settles the message only when all others have failed as well")
    void severalEarlierHandOvers() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());
        fixture().doubt(second);
        fixture().settle(second, Verdict.RESEND, Duration.ZERO);
        Attempt third = fixture().begin(first.message());
        assertNoChange(fixture().report(receipt(first, "A-1", ReceiptState.UNDELIVERED)));
        fixture().finish(third, REFUSAL, MessageState.REJECTED, null);
        assertEquals(MessageState.QUEUED, state(first.message()));

        assertOneChange(
                first.message(),
                MessageState.UNDELIVERED,
                fixture().report(receipt(second, "A-2", ReceiptState.UNDELIVERED)));
    }

    @Test
    @DisplayName("a refusal that comes when the message is to be handed over again voids the claim of it")
    void lateRefusal() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());
        fixture().doubt(second);
        fixture().settle(second, Verdict.RESEND, Duration.ZERO);
        Claim claim = fixture().claim(first.message());

        assertNoChange(fixture().finish(second, REFUSAL, MessageState.REJECTED, null));

        assertNoChange(store().begin(List.of(start(claim)), LEASE));
        assertEquals("21211", lastEvent(first.message()).code());
        assertIsUnconfirmedInTheEnd(first.message());
    }

    private static AttemptStart start(Claim claim) {
        return new AttemptStart(claim.message().id(), claim.fence(), AttemptId.create(), StoreFixture.ALPHA);
    }
}
