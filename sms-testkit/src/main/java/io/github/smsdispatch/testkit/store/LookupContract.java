package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.spi.ReceiptState.DELIVERED;
import static io.github.smsdispatch.spi.ReceiptState.ENROUTE;
import static io.github.smsdispatch.spi.ReceiptState.UNDELIVERED;
import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.InboxRound;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.store.SyncTask;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class LookupContract extends StoreRules {
    @Test
    @DisplayName("a sent message is due for a look-up when told, once per lease, for its own account")
    void claimed() {
        Attempt attempt = fixture().sent("A-1", "A-2");
        assertEquals(List.of(), fixture().claimSync(10));
        fixture().advance(PAUSE);

        assertEquals(List.of(), store().claimSync(BETA, 10, LEASE));
        assertEquals(attempt.message(), fixture().claimSync(10).get(0).message());
        assertEquals(List.of(), fixture().claimSync(10));
        fixture().advance(LEASE);
        assertEquals(1, fixture().claimSync(10).size());
    }

    @Test
    @DisplayName("a task says all that a provider may be asked with")
    void task() {
        MessageId id = fixture()
                .put(fixture().message().text("Grüße").sender(Sender.of("Acme")).doubtPolicy(DoubtPolicy.RESEND));
        Attempt attempt = fixture().begin(id);
        fixture().advance(Duration.ofSeconds(7));
        fixture().accept(attempt, "A-1", "A-2");
        fixture().advance(PAUSE);

        SyncTask task = fixture().claimSync(10).get(0);

        assertEquals(MessageState.SENT, task.state());
        assertEquals(ALPHA, task.account());
        assertEquals(List.of("A-1", "A-2"), task.providerMessageIds());
        assertEquals(0, task.lookups());
        assertEquals(0, task.answeredLookups());
        assertEquals(status(id).expiresAt(), task.expiresAt());
        assertEquals(DoubtPolicy.RESEND, task.doubtPolicy());
        assertEquals(fixture().now(), task.now());
        assertEquals(attempt.id(), task.attempt().reference());
        assertEquals("+12025550123", task.attempt().recipient().e164());
        assertEquals(Sender.of("Acme"), task.attempt().sender());
        assertEquals("Grüße", task.attempt().text());
        assertEquals(1, task.attempt().segments().count());
        assertEquals(StoreFixture.START, task.attempt().startedAt());
        assertEquals(StoreFixture.START.plusSeconds(7), task.attempt().endedAt());
    }

    @Test
    @DisplayName("the longest due come first, up to the limit")
    void order() {
        Attempt first = fixture().sent("A-1");
        fixture().advance(Duration.ofSeconds(1));
        Attempt second = fixture().doubtful();
        fixture().advance(Duration.ofSeconds(1));
        Attempt third = fixture().sent("A-3");
        fixture().advance(PAUSE);

        assertEquals(
                List.of(first.message(), second.message()),
                fixture().claimSync(2).stream().map(SyncTask::message).toList());
        assertEquals(
                List.of(third.message()),
                fixture().claimSync(2).stream().map(SyncTask::message).toList());
    }

    @Test
    @DisplayName("a look-up that brings nothing is counted and made again when told")
    void nothingNew() {
        Attempt attempt = fixture().sent("A-1");
        fixture().advance(PAUSE);
        fixture().claimSync(10);

        assertNoChange(fixture().settle(attempt, Verdict.OPEN, Duration.ofSeconds(30)));

        assertEquals(List.of(), fixture().claimSync(10));
        fixture().advance(Duration.ofSeconds(30));
        assertEquals(1, fixture().claimSync(10).get(0).lookups());
        assertEquals(3, store().history(attempt.message()).size());
    }

    @Test
    @DisplayName("a new hand-over starts a new count of look-ups")
    void newCount() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());
        fixture().doubt(second);
        fixture().advance(PAUSE);

        SyncTask task = fixture().claimSync(10).get(0);
        assertEquals(0, task.lookups());
        assertEquals(0, task.answeredLookups());
    }

    @Test
    @DisplayName("looks that were answered are counted apart from those that were not")
    void answeredLooks() {
        Attempt attempt = fixture().doubtful();
        for (boolean answered : new boolean[] {false, true, false, true, false}) {
            store().finishSync(List.of(new SyncEnd(
                    attempt.message(), attempt.id(), Verdict.OPEN, answered, List.of(), false, PAUSE, null)));
        }
        fixture().advance(PAUSE);

        SyncTask task = fixture().claimSync(10).get(0);
        assertEquals(5, task.lookups());
        assertEquals(2, task.answeredLookups());
    }

    @Test
    @DisplayName("receipts of a look-up count as those from the inbox do, and name the look-up")
    void receipts() {
        Attempt attempt = fixture().sent("A-1");

        List<StateChange> changes = fixture().settle(attempt, Verdict.OPEN, PAUSE, receipt(null, "A-1", DELIVERED));

        assertOneChange(attempt.message(), MessageState.DELIVERED, changes);
        assertEquals(EventSource.LOOKUP, changes.get(0).event().source());
        assertEquals(0, store().receive(List.of(receipt(null, "A-1", DELIVERED))));
    }

    @Test
    @DisplayName("the same answer to each look-up is in the history once")
    void sameAnswer() {
        Attempt attempt = fixture().sent("A-1");

        fixture().settle(attempt, Verdict.OPEN, PAUSE, receipt(null, "A-1", ENROUTE));
        fixture().settle(attempt, Verdict.OPEN, PAUSE, receipt(null, "A-1", ENROUTE));

        assertEquals(4, store().history(attempt.message()).size());
    }

    @Test
    @DisplayName("a receipt that waits in the inbox is applied with the look-up that brings it again")
    void waitingReceipt() {
        Attempt attempt = fixture().doubtful();
        assertNoChange(fixture().report("A-1", DELIVERED));

        fixture().settle(attempt, Verdict.TAKEN, PAUSE, receipt(null, "A-1", DELIVERED));

        assertEquals(MessageState.DELIVERED, state(attempt.message()));
        fixture().advance(LATER);
        assertNoChange(store().applyReceipts(10).changes());
    }

    @Test
    @DisplayName("TAKEN gives the attempt the ids of the receipts, and then the receipts count")
    void taken() {
        Attempt attempt = fixture().doubtful();

        List<StateChange> changes = fixture().settle(attempt, Verdict.TAKEN, PAUSE, receipt(null, "A-1", DELIVERED));

        assertEquals(
                List.of(MessageState.SENT, MessageState.DELIVERED),
                changes.stream().map(change -> change.event().to()).toList());
        assertEquals("looked up", changes.get(0).event().detail());
        assertEquals("A-1", status(attempt.message()).providerMessageId());
        PastAttempt past = store().attempts(attempt.message()).get(0);
        assertEquals(Result.ACCEPTED, past.result());
        assertEquals(List.of("A-1"), past.providerMessageIds());
    }

    @Test
    @DisplayName("TAKEN is refused if another hand-over holds one of the ids")
    void takenByAnother() {
        Attempt owner = fixture().sent("A-1");
        Attempt attempt = fixture().doubtful();

        assertNoChange(fixture()
                .settle(attempt, Verdict.TAKEN, PAUSE, receipt(null, "A-1", ENROUTE), receipt(null, "A-2", ENROUTE)));

        assertEquals(MessageState.IN_DOUBT, state(attempt.message()));
        assertNull(status(attempt.message()).providerMessageId());
        assertEquals(Set.of("A-1"), store().knownIds(ALPHA, List.of("A-1", "A-2")));
        assertEquals(MessageState.SENT, state(owner.message()));
    }

    @Test
    @DisplayName("two doubts of one call cannot take the same id")
    void takenTwice() {
        Attempt first = fixture().doubtful();
        Attempt second = fixture().doubtful();
        var found = receipt(null, "A-1", ENROUTE);

        store().finishSync(List.of(
                new SyncEnd(first.message(), first.id(), Verdict.TAKEN, true, List.of(found), true, PAUSE, null),
                new SyncEnd(second.message(), second.id(), Verdict.TAKEN, true, List.of(found), true, PAUSE, null)));

        assertEquals(MessageState.SENT, state(first.message()));
        assertEquals(MessageState.IN_DOUBT, state(second.message()));
    }

    @Test
    @DisplayName("NOT_TAKEN puts the message back into the queue, the attempt proven not taken")
    void notTaken() {
        Attempt attempt = fixture().doubtful();

        List<StateChange> changes = fixture().settle(attempt, Verdict.NOT_TAKEN, PAUSE);

        assertOneChange(attempt.message(), MessageState.QUEUED, changes);
        assertEquals(EventSource.LOOKUP, changes.get(0).event().source());
        assertEquals(Result.REFUSED, store().attempts(attempt.message()).get(0).result());
        assertNull(store().attempts(attempt.message()).get(0).reason());
        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(PAUSE);
        fixture().claim(attempt.message());
    }

    @Test
    @DisplayName("a receipt of what counted as not taken says so, before the next hand-over and after it")
    void notTakenDisproved() {
        Attempt first = fixture().doubtful();
        fixture().settle(first, Verdict.NOT_TAKEN, Duration.ZERO);
        store().receive(List.of(receipt(first, "A-1", ReceiptState.ENROUTE)));
        InboxRound before = store().applyReceipts(10);
        assertOneChange(first.message(), MessageState.SENT, before.changes());
        assertEquals(List.of(ALPHA), before.disproved());
        assertEquals(
                "was taken, although it was missing from the log",
                lastEvent(first.message()).detail());

        Attempt second = fixture().doubtful();
        fixture().settle(second, Verdict.NOT_TAKEN, Duration.ZERO);
        fixture().begin(second.message());
        store().receive(List.of(receipt(second, "A-2", ReceiptState.ENROUTE)));
        InboxRound after = store().applyReceipts(10);
        assertNoChange(after.changes());
        assertEquals(List.of(ALPHA), after.disproved());
        assertEquals(
                "reported ENROUTE, and was taken, although it was missing from the log",
                lastEvent(second.message()).detail());

        store().receive(List.of(receipt(second, "A-2", ReceiptState.DELIVERED)));
        assertEquals(List.of(), store().applyReceipts(10).disproved());
    }

    @Test
    @DisplayName("RESEND puts the message back into the queue, and what became of the attempt stays unknown")
    void resend() {
        Attempt attempt = fixture().resent();

        assertEquals(MessageState.QUEUED, state(attempt.message()));
        assertEquals(Result.UNKNOWN, store().attempts(attempt.message()).get(0).result());
        fixture().begin(attempt.message());
        assertEquals(2, status(attempt.message()).attempts());
    }

    @Test
    @DisplayName("a verdict on an attempt that is no longer the latest is nothing, but its receipts count")
    void olderAttempt() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());
        fixture().doubt(second);

        assertNoChange(fixture().settle(first, Verdict.NOT_TAKEN, Duration.ZERO));
        assertEquals(MessageState.IN_DOUBT, state(first.message()));
        assertOneChange(
                first.message(),
                MessageState.DELIVERED,
                fixture().settle(first, Verdict.TAKEN, PAUSE, receipt(first, "A-1", DELIVERED)));
    }

    @Test
    @DisplayName("a verdict on what is in doubt no longer changes nothing")
    void noDoubt() {
        Attempt attempt = fixture().sent("A-1");

        assertNoChange(fixture().settle(attempt, Verdict.NOT_TAKEN, PAUSE));
        assertNoChange(fixture().settle(attempt, Verdict.RESEND, PAUSE));

        assertEquals(MessageState.SENT, state(attempt.message()));
        assertEquals(Result.ACCEPTED, store().attempts(attempt.message()).get(0).result());
    }

    @Test
    @DisplayName("a final message is not looked up again")
    void finalMessage() {
        Attempt attempt = fixture().sent("A-1");
        fixture().report("A-1", UNDELIVERED);
        fixture().advance(LATER);

        assertEquals(List.of(), fixture().claimSync(10));
        assertNoChange(fixture().settle(attempt, Verdict.OPEN, PAUSE));
        MessageEvent last = lastEvent(attempt.message());
        assertEquals(MessageState.UNDELIVERED, last.to());
    }

    @Test
    @DisplayName("the ids that hand-overs hold are known, per account")
    void knownIds() {
        fixture().sent("A-1", "A-2");

        assertEquals(Set.of("A-1", "A-2"), store().knownIds(ALPHA, List.of("A-1", "A-2", "A-3", "a-1")));
        assertEquals(Set.of(), store().knownIds(BETA, List.of("A-1")));
        assertEquals(Set.of(), store().knownIds(ALPHA, List.of()));
    }
}
