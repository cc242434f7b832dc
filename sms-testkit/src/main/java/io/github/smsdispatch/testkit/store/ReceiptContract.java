package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.spi.ReceiptState.DELIVERED;
import static io.github.smsdispatch.spi.ReceiptState.ENROUTE;
import static io.github.smsdispatch.spi.ReceiptState.UNDELIVERED;
import static io.github.smsdispatch.spi.ReceiptState.UNKNOWN;
import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static io.github.smsdispatch.testkit.store.StoreFixture.failure;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

abstract class ReceiptContract extends StoreRules {
    @ParameterizedTest
    @MethodSource("oddIds")
    @DisplayName("an id that no database column can hold as it is still finds its hand-over, as often as it is told")
    void oddId(String id) {
        Attempt attempt = fixture().sent(id);
        fixture().accept(attempt, id);

        assertEquals(MessageState.SENT, state(attempt.message()));
        assertEquals(Set.of(id), store().knownIds(ALPHA, List.of(id)));
        var odd = new Receipt(ALPHA, id, null, ReceiptState.DELIVERED, "done\uD800", "\uDC00code", null);
        assertOneChange(attempt.message(), MessageState.DELIVERED, fixture().report(odd));
        assertNoChange(fixture().report(odd));
        assertEquals("\uFFFDcode", lastEvent(attempt.message()).code());
    }

    static Stream<String> oddIds() {
        return Stream.of(
                "half a pair \uD800",
                "\uDC00\uD800",
                "x".repeat(189) + "\uD83D\uDE80",
                "x".repeat(189) + " y",
                "\uD83D\uDE80");
    }

    @Test
    @DisplayName("a receipt with the provider's id settles a sent message")
    void byId() {
        Attempt delivered = fixture().sent("A-1");
        Attempt failed = fixture().sent("A-2");

        List<StateChange> changes =
                fixture().report(receipt(null, "A-1", DELIVERED), receipt(null, "A-2", UNDELIVERED));

        assertEquals(
                List.of(
                        new StateChange(
                                delivered.message(),
                                "default",
                                new MessageEvent(
                                        fixture().now(),
                                        MessageState.SENT,
                                        MessageState.DELIVERED,
                                        EventSource.RECEIPT,
                                        ALPHA,
                                        "word-DELIVERED",
                                        null)),
                        new StateChange(
                                failed.message(),
                                "default",
                                new MessageEvent(
                                        fixture().now(),
                                        MessageState.SENT,
                                        MessageState.UNDELIVERED,
                                        EventSource.RECEIPT,
                                        ALPHA,
                                        "30003",
                                        null))),
                changes);
        assertEquals("30003", status(failed.message()).code());
    }

    @Test
    @DisplayName("a receipt with our reference settles a doubt, also without an id that is known")
    void byReference() {
        Attempt attempt = fixture().doubtful();

        assertOneChange(
                attempt.message(), MessageState.DELIVERED, fixture().report(receipt(attempt, "A-1", DELIVERED)));

        assertEquals("A-1", status(attempt.message()).providerMessageId());
        assertEquals(Result.ACCEPTED, store().attempts(attempt.message()).get(0).result());
    }

    @Test
    @DisplayName("a reference that is not known leaves it to the id")
    void unknownReference() {
        Attempt attempt = fixture().sent("A-1");
        var stranger = new Attempt(attempt.message(), AttemptId.create());

        assertOneChange(
                attempt.message(), MessageState.DELIVERED, fixture().report(receipt(stranger, "A-1", DELIVERED)));
    }

    @Test
    @DisplayName("an account cannot report on what was handed to another")
    void otherAccount() {
        Attempt attempt = fixture().sent("A-1");

        assertNoChange(fixture().report(new Receipt(BETA, "A-1", attempt.id(), DELIVERED, "done", null, null)));

        assertEquals(MessageState.SENT, state(attempt.message()));
    }

    @Test
    @DisplayName("ENROUTE gives an attempt in doubt its id, and the message is sent")
    void enrouteSettlesDoubt() {
        Attempt attempt = fixture().doubtful();

        assertOneChange(attempt.message(), MessageState.SENT, fixture().report(receipt(attempt, "A-1", ENROUTE)));

        assertEquals("A-1", status(attempt.message()).providerMessageId());
        assertOneChange(attempt.message(), MessageState.DELIVERED, fixture().report("A-1", DELIVERED));
    }

    @Test
    @DisplayName("ENROUTE may overtake the answer, and says nothing new afterwards")
    void enroute() {
        Attempt attempt = fixture().begin(fixture().put());

        assertOneChange(attempt.message(), MessageState.SENT, fixture().report(receipt(attempt, "A-1", ENROUTE)));
        assertNoChange(fixture().accept(attempt, "A-1"));
        assertNoChange(fixture().report(new Receipt(ALPHA, "A-1", null, ENROUTE, "buffered", null, null)));

        MessageEvent last = lastEvent(attempt.message());
        assertEquals(MessageState.SENT, last.from());
        assertEquals(MessageState.SENT, last.to());
        assertEquals("buffered", last.code());
    }

    @Test
    @DisplayName("a receipt that comes before its id is known waits, and is applied later")
    void early() {
        Attempt attempt = fixture().begin(fixture().put());
        assertNoChange(fixture().report("A-1", DELIVERED));
        fixture().accept(attempt, "A-1");
        fixture().advance(LATER);

        assertOneChange(
                attempt.message(),
                MessageState.DELIVERED,
                store().applyReceipts(10).changes());
        assertNoChange(store().applyReceipts(10).changes());
    }

    @Test
    @DisplayName("the same receipt is kept once, in one call and over several")
    void repeated() {
        Attempt attempt = fixture().sent("A-1");
        Receipt receipt = receipt(null, "A-1", DELIVERED);

        assertEquals(1, store().receive(List.of(receipt, receipt)));
        assertEquals(0, store().receive(List.of(receipt)));
        assertOneChange(
                attempt.message(),
                MessageState.DELIVERED,
                store().applyReceipts(10).changes());
        assertEquals(0, store().receive(List.of(receipt)));
        assertNoChange(store().applyReceipts(10).changes());

        assertEquals(4, store().history(attempt.message()).size());
    }

    @Test
    @DisplayName("receipts that differ in state, word or code are not the same")
    void different() {
        assertEquals(
                5,
                store().receive(List.of(
                        receipt(null, "A-1", DELIVERED),
                        receipt(null, "A-2", DELIVERED),
                        new Receipt(BETA, "A-1", null, DELIVERED, "word-DELIVERED", null, null),
                        new Receipt(ALPHA, "A-1", null, DELIVERED, "other", null, null),
                        new Receipt(ALPHA, "A-1", null, DELIVERED, "word-DELIVERED", "1", null))));
    }

    @Test
    @DisplayName("receipts in the wrong order end in the same state, and all are in the history")
    void reordered() {
        Attempt attempt = fixture().sent("A-1");

        assertOneChange(attempt.message(), MessageState.DELIVERED, fixture().report("A-1", DELIVERED));
        assertNoChange(fixture().report("A-1", ENROUTE));

        assertEquals(MessageState.DELIVERED, state(attempt.message()));
        assertEquals("word-DELIVERED", status(attempt.message()).code());
        assertEquals("word-ENROUTE", lastEvent(attempt.message()).code());
    }

    @Test
    @DisplayName("a receipt that contradicts a final state is kept as an event and changes nothing")
    void conflicting() {
        Attempt delivered = fixture().sent("A-1");
        Attempt failed = fixture().sent("A-2");
        fixture().report(receipt(null, "A-1", DELIVERED), receipt(null, "A-2", UNDELIVERED));

        assertNoChange(fixture().report(receipt(null, "A-1", UNDELIVERED), receipt(null, "A-2", DELIVERED)));

        assertEquals(MessageState.DELIVERED, state(delivered.message()));
        assertEquals(MessageState.UNDELIVERED, state(failed.message()));
        MessageEvent conflict = lastEvent(delivered.message());
        assertEquals(MessageState.DELIVERED, conflict.from());
        assertEquals(MessageState.DELIVERED, conflict.to());
        assertEquals("30003", conflict.code());
        assertEquals("word-DELIVERED", status(delivered.message()).code());
    }

    @Test
    @DisplayName("a word that nobody knows is kept as an event and changes nothing")
    void unknownWord() {
        Attempt attempt = fixture().doubtful();

        assertNoChange(fixture().report(receipt(attempt, "A-1", UNKNOWN)));

        assertEquals(MessageState.IN_DOUBT, state(attempt.message()));
        assertEquals("word-UNKNOWN", lastEvent(attempt.message()).code());
    }

    @Test
    @DisplayName("DELIVERED counts from an earlier hand-over, UNDELIVERED and ENROUTE do not")
    void earlierHandOver() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());

        assertNoChange(fixture().report(receipt(first, "A-1", ENROUTE)));
        assertEquals(MessageState.SUBMITTING, state(second.message()));
        fixture().accept(second, "A-2");
        assertNoChange(fixture().report(receipt(null, "A-1", UNDELIVERED)));
        assertEquals(MessageState.SENT, state(second.message()));

        Attempt third = fixture().resent();
        Attempt fourth = fixture().begin(third.message());
        fixture().accept(fourth, "B-2");
        assertOneChange(third.message(), MessageState.DELIVERED, fixture().report(receipt(third, "B-1", DELIVERED)));
    }

    @Test
    @DisplayName("a message that waits to be handed over again is not, once a receipt says that it was taken")
    void takenAfterAll() {
        Attempt delivered = fixture().resent();
        Attempt enroute = fixture().resent();
        fixture().advance(StoreFixture.LEASE);
        var claims = fixture().claim(10);

        assertOneChange(
                delivered.message(), MessageState.DELIVERED, fixture().report(receipt(delivered, "A-1", DELIVERED)));
        assertOneChange(enroute.message(), MessageState.SENT, fixture().report(receipt(enroute, "A-2", ENROUTE)));

        assertEquals(2, claims.size());
        for (var claim : claims) {
            assertNoChange(store().begin(
                            List.of(new AttemptStart(claim.message().id(), claim.fence(), AttemptId.create(), ALPHA)),
                            StoreFixture.LEASE));
        }
        fixture().advance(LATER);
        assertEquals(List.of(), fixture().claim(10));
        assertEquals(enroute.message(), fixture().claimSync(10).get(0).message());
    }

    @Test
    @DisplayName("a provider that refused and then reports the failure too does not keep others from being tried")
    void failureAfterRefusal() {
        Attempt attempt = fixture().begin(fixture().put());
        fixture().refuse(attempt);

        assertNoChange(fixture().report(receipt(attempt, "A-1", UNDELIVERED)));

        assertEquals(MessageState.QUEUED, state(attempt.message()));
        assertEquals(Result.REFUSED, store().attempts(attempt.message()).get(0).result());
        assertEquals("30003", lastEvent(attempt.message()).code());
        fixture().advance(LATER);
        fixture().begin(attempt.message());
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    @DisplayName("the reason of a failure is in the history and in the status, also after the receipt has waited")
    void reason(FailureReason reason) {
        Attempt attempt = fixture().begin(fixture().put());
        assertNoChange(fixture().report(failure(null, "A-1", reason)));
        fixture().accept(attempt, "A-1");
        assertNull(status(attempt.message()).reason());
        fixture().advance(LATER);

        List<StateChange> changes = store().applyReceipts(10).changes();

        assertOneChange(attempt.message(), MessageState.UNDELIVERED, changes);
        assertEquals(reason, changes.get(0).event().reason());
        assertEquals(changes.get(0).event(), lastEvent(attempt.message()));
        assertEquals(reason, status(attempt.message()).reason());
        assertEquals("code-" + reason, status(attempt.message()).code());
    }

    @Test
    @DisplayName("a receipt that comes again with another reason is the same, and the first counts")
    void sameWithAnotherReason() {
        Attempt attempt = fixture().sent("A-1");
        var guess = new Receipt(ALPHA, "A-1", null, UNDELIVERED, "failed", "1", FailureReason.RECIPIENT, null);
        var other = new Receipt(ALPHA, "A-1", null, UNDELIVERED, "failed", "1", null, null);

        assertEquals(1, store().receive(List.of(guess, other)));
        assertEquals(0, store().receive(List.of(other)));

        store().applyReceipts(10);
        assertEquals(FailureReason.RECIPIENT, status(attempt.message()).reason());
    }

    @Test
    @DisplayName("what did not fail has no reason, whatever a provider says")
    void reasonWithoutFailure() {
        Attempt attempt = fixture().sent("A-1");

        fixture().report(new Receipt(ALPHA, "A-1", null, DELIVERED, "done", "1", FailureReason.RECIPIENT, null));

        assertNull(lastEvent(attempt.message()).reason());
        assertNull(status(attempt.message()).reason());
    }

    @Test
    @DisplayName("no more than the limit is applied, the oldest first")
    void limit() {
        for (int i = 0; i < 5; i++) {
            fixture().sent("A-" + i);
            store().receive(List.of(receipt(null, "A-" + i, DELIVERED)));
        }

        List<StateChange> first = store().applyReceipts(3).changes();
        List<StateChange> second = store().applyReceipts(3).changes();

        assertEquals(3, first.size());
        assertEquals(2, second.size());
    }

    @Test
    @DisplayName("many receipts of many messages are applied in one call")
    void many() {
        List<Attempt> attempts =
                IntStream.range(0, 40).mapToObj(i -> fixture().sent("A-" + i)).toList();

        Receipt[] receipts = IntStream.range(0, 40)
                .mapToObj(i ->
                        receipt(i % 2 == 0 ? attempts.get(i) : null, "A-" + i, i % 4 < 2 ? DELIVERED : UNDELIVERED))
                .toArray(Receipt[]::new);

        assertEquals(40, fixture().report(receipts).size());
        for (int i = 0; i < 40; i++) {
            assertEquals(
                    i % 4 < 2 ? MessageState.DELIVERED : MessageState.UNDELIVERED,
                    state(attempts.get(i).message()));
        }
    }

    @ParameterizedTest
    @MethodSource("strangeTimes")
    @DisplayName("a receipt counts whenever its provider says that it happened: the time of the store is what counts")
    void strangeTimes(Instant occurredAt) {
        Attempt attempt = fixture().sent("A-1");
        Attempt waiting = fixture().begin(fixture().put());
        var early = new Receipt(ALPHA, "A-2", null, DELIVERED, "done", null, occurredAt);
        assertNoChange(fixture().report(early));

        List<StateChange> changes =
                fixture().report(new Receipt(ALPHA, "A-1", null, DELIVERED, "done", null, occurredAt));

        assertOneChange(attempt.message(), MessageState.DELIVERED, changes);
        assertEquals(fixture().now(), changes.get(0).event().at());
        assertNoChange(fixture().report(new Receipt(ALPHA, "A-1", null, DELIVERED, "done", null, null)));
        fixture().accept(waiting, "A-2");
        fixture().advance(LATER);
        assertOneChange(
                waiting.message(),
                MessageState.DELIVERED,
                store().applyReceipts(10).changes());
    }

    static Stream<Instant> strangeTimes() {
        return Stream.of(
                Instant.MIN,
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.EPOCH,
                StoreFixture.START.minus(Duration.ofDays(1)),
                StoreFixture.START.plus(Duration.ofDays(4000)),
                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                Instant.MAX);
    }

    @Test
    @DisplayName("words, codes and ids of any length and alphabet are taken")
    void strangeWords() {
        Attempt attempt = fixture().sent(" Ä-" + "x".repeat(500));

        assertOneChange(
                attempt.message(),
                MessageState.DELIVERED,
                fixture()
                        .report(new Receipt(
                                ALPHA,
                                " Ä-" + "x".repeat(500),
                                null,
                                DELIVERED,
                                "🚀".repeat(300),
                                "c".repeat(300),
                                null)));
    }
}
