package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static io.github.smsdispatch.testkit.store.StoreFixture.failure;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.FinalPlace;
import io.github.smsdispatch.store.MessagePage;
import io.github.smsdispatch.store.PurgeRound;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class RetentionContract extends StoreRules {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration MICROSECOND = Duration.ofNanos(1000);
    private static final PhoneNumber PERSON = PhoneNumber.parse("+12025550123");
    private static final PhoneNumber OTHER = PhoneNumber.parse("+447700900123");

    private Attempt delivered(Message.Builder builder, String id) {
        Attempt attempt = fixture().begin(fixture().put(builder));
        fixture().accept(attempt, id);
        fixture().report(id, ReceiptState.DELIVERED);
        return attempt;
    }

    private Attempt delivered(String id) {
        return delivered(fixture().message(), id);
    }

    private MessageId cancelled(Message.Builder builder) {
        MessageId message = fixture().put(builder);
        store().cancel(List.of(message));
        return message;
    }

    private MessageId cancelled() {
        return cancelled(fixture().message());
    }

    private boolean isKnown(MessageId message) {
        return store().find(message).isPresent();
    }

    @Test
    @DisplayName("a purge removes a message that has been final for so long, and all that is known of it")
    void purged() {
        Attempt attempt =
                delivered(fixture().message().idempotencyKey("order-1").attribute("row", "7"), "A-1");
        fixture().advance(MONTH);

        assertEquals(new PurgeRound(1, 0), store().purge(MONTH, 10));

        assertFalse(isKnown(attempt.message()));
        assertTrue(store().findByKey(Message.DEFAULT_TENANT, "order-1").isEmpty());
        assertTrue(store().findByAttempt(attempt.id()).isEmpty());
        assertEquals(List.of(), store().history(attempt.message()));
        assertEquals(List.of(), store().attempts(attempt.message()));
        assertEquals(Set.of(), store().knownIds(ALPHA, List.of("A-1")));
        assertEquals(List.of(), store().counts());
        assertEquals(List.of(), store().finalMessages(null, Duration.ZERO, 10));
    }

    @Test
    @DisplayName("a purge removes nothing that became final a moment later, and nothing of others")
    void tooYoung() {
        MessageId old = cancelled();
        fixture().advance(MICROSECOND);
        Attempt young = delivered(fixture().message().idempotencyKey("order-1").attribute("row", "7"), "A-1");
        MessageStatus before = status(young.message());
        List<MessageEvent> history = store().history(young.message());
        fixture().advance(MONTH.minus(MICROSECOND));

        assertEquals(new PurgeRound(1, 0), store().purge(MONTH, 10));

        assertFalse(isKnown(old));
        assertEquals(before, status(young.message()));
        assertEquals(history, store().history(young.message()));
        assertEquals(1, store().attempts(young.message()).size());
        assertEquals(Optional.of(before), store().findByKey(Message.DEFAULT_TENANT, "order-1"));
        assertEquals(
                List.of(young.message()),
                store().messagesTo(PERSON, null, null, 10).messages());
    }

    @Test
    @DisplayName("what is said of a final message does not make it younger")
    void notesDoNotCount() {
        Attempt attempt = delivered("A-1");
        fixture().advance(MONTH.minus(MICROSECOND));
        fixture().report("A-1", ReceiptState.UNDELIVERED);
        fixture().advance(MICROSECOND);

        assertEquals(1, store().purge(MONTH, 10).messages());
        assertFalse(isKnown(attempt.message()));
    }

    @Test
    @DisplayName("a purge leaves open messages alone, however old")
    void openMessages() {
        Attempt sent = fixture().sent("A-1");
        Attempt doubtful = fixture().doubtful();
        Attempt submitting = fixture().begin(fixture().put());
        MessageId queued = fixture().put();
        MessageId scheduled =
                fixture().put(fixture().message().dueAt(fixture().now().plus(MONTH.multipliedBy(3))));
        fixture().advance(MONTH.multipliedBy(2));

        assertEquals(new PurgeRound(0, 0), store().purge(Duration.ZERO, 10));

        for (MessageId each : List.of(sent.message(), doubtful.message(), submitting.message(), queued, scheduled)) {
            assertTrue(isKnown(each));
        }
    }

    @Test
    @DisplayName("a purge takes steps no longer than the limit")
    void smallSteps() {
        var all = new ArrayList<MessageId>();
        for (int i = 0; i < 5; i++) {
            all.add(cancelled());
        }
        fixture().advance(MONTH);

        assertEquals(new PurgeRound(2, 0), store().purge(MONTH, 2));
        assertEquals(3, all.stream().filter(this::isKnown).count());
        assertEquals(new PurgeRound(2, 0), store().purge(MONTH, 2));
        assertEquals(new PurgeRound(1, 0), store().purge(MONTH, 2));
        assertEquals(new PurgeRound(0, 0), store().purge(MONTH, 2));
    }

    @Test
    @DisplayName("with a message goes its idempotency key: the next with it is a new one")
    void keyIsFree() {
        cancelled(fixture().message().idempotencyKey("order-1"));
        MessageId erased = cancelled(fixture().message().idempotencyKey("order-2"));
        store().erase(List.of(erased));
        fixture().advance(MONTH);
        assertEquals(2, store().purge(MONTH, 10).messages());

        for (String key : List.of("order-1", "order-2")) {
            Message again = fixture().message().idempotencyKey(key).build();
            assertEquals(List.of(new EnqueueResult(again.id(), true)), store().enqueue(List.of(again)));
        }
    }

    @Test
    @DisplayName("a receipt that comes again after its message is gone is known, and dropped")
    void repeatedReceipt() {
        delivered("A-1");
        fixture().advance(MONTH);
        store().purge(MONTH, 10);

        assertEquals(0, store().receive(List.of(receipt(null, "A-1", ReceiptState.DELIVERED))));
        assertNoChange(store().applyReceipts(10).changes());
    }

    @Test
    @DisplayName("a new receipt for a message that is gone belongs to nobody, and holds up no other")
    void lateReceipt() {
        Attempt gone = delivered("A-1");
        fixture().advance(MONTH);
        store().purge(MONTH, 10);
        Attempt other = fixture().sent("A-2");

        assertOneChange(
                other.message(),
                MessageState.DELIVERED,
                fixture()
                        .report(
                                failure(gone, "A-1", FailureReason.OPTED_OUT),
                                receipt(other, "A-2", ReceiptState.DELIVERED)));

        assertFalse(isKnown(gone.message()));
        fixture().advance(LATER);
        assertNoChange(store().applyReceipts(10).changes());
        assertFalse(fixture().claim(fixture().put()).suppressed());
    }

    @Test
    @DisplayName("a provider's id is free again when its message is gone")
    void idIsFree() {
        delivered("A-1");
        fixture().advance(MONTH);
        store().purge(MONTH, 10);

        Attempt next = fixture().sent("A-1");

        assertEquals("A-1", status(next.message()).providerMessageId());
    }

    @Test
    @DisplayName("receipts are removed 32 days after messages would be, applied or not, and no sooner")
    void receipts() {
        Receipt applied = receipt(null, "A-1", ReceiptState.DELIVERED);
        Receipt stranger = receipt(null, "X-1", ReceiptState.DELIVERED);
        delivered("A-1");
        store().receive(List.of(stranger));
        fixture().advance(MICROSECOND);
        Receipt young = receipt(null, "X-2", ReceiptState.DELIVERED);
        store().receive(List.of(young));
        fixture().advance(MONTH.plusDays(32).minus(MICROSECOND.multipliedBy(2)));
        assertEquals(new PurgeRound(1, 0), store().purge(MONTH, 10));
        fixture().advance(MICROSECOND);

        assertEquals(new PurgeRound(0, 1), store().purge(MONTH, 1));
        assertEquals(new PurgeRound(0, 1), store().purge(MONTH, 10));

        assertEquals(2, store().receive(List.of(applied, stranger, young)));
    }

    @Test
    @DisplayName("a purge undoes no suppression, and no word is obeyed twice for it")
    void suppressionStays() {
        fixture().sent("A-1");
        fixture().report(failure(null, "A-1", FailureReason.OPTED_OUT));
        fixture().advance(MONTH);

        assertEquals(1, store().purge(MONTH, 10).messages());

        assertTrue(fixture().claim(fixture().put()).suppressed());
    }

    @Test
    @DisplayName("erased messages are purged like the others")
    void purgeErased() {
        MessageId erased = cancelled();
        store().erase(List.of(erased));
        MessageId legible = cancelled();
        fixture().advance(MONTH);

        assertEquals(new PurgeRound(1, 0), store().purge(MONTH, 1));
        assertEquals(new PurgeRound(1, 0), store().purge(MONTH, 10));

        assertFalse(isKnown(erased));
        assertFalse(isKnown(legible));
    }

    @Test
    @DisplayName("erasing leaves what became of the message, and notes that it was done")
    void erased() {
        Attempt attempt = delivered(
                fixture().message().campaign("spring").idempotencyKey("order-1").attribute("row", "7"), "A-1");
        MessageStatus before = status(attempt.message());
        List<MessageEvent> history = new ArrayList<>(store().history(attempt.message()));

        assertEquals(Set.of(attempt.message()), store().erase(List.of(attempt.message())));

        assertEquals(before, status(attempt.message()));
        assertEquals(Optional.of(before), store().findByKey(Message.DEFAULT_TENANT, "order-1"));
        assertEquals(Optional.of(before), store().findByAttempt(attempt.id()));
        assertEquals(List.of(before), store().finalMessages(null, Duration.ZERO, 10));
        assertEquals(1, store().attempts(attempt.message()).size());
        assertEquals(1, store().counts().get(0).messages());
        history.add(new MessageEvent(
                fixture().now(),
                MessageState.DELIVERED,
                MessageState.DELIVERED,
                EventSource.CALLER,
                null,
                null,
                "number and text were erased"));
        assertEquals(history, store().history(attempt.message()));
        assertEquals(List.of(), store().messagesTo(PERSON, null, null, 10).messages());
        assertTrue(store().nextWorkAt().isEmpty());
    }

    @Test
    @DisplayName("erasing twice is erasing once")
    void erasedTwice() {
        MessageId message = cancelled();
        store().erase(List.of(message));
        List<MessageEvent> history = store().history(message);

        assertEquals(Set.of(message), store().erase(List.of(message, message)));
        assertEquals(0, store().erase(Duration.ZERO, 10));

        assertEquals(history, store().history(message));
    }

    @Test
    @DisplayName("erasing passes over open messages and those that are not known")
    void openIsNotErased() {
        Attempt sent = fixture().sent("A-1");
        MessageId queued = fixture().put();
        MessageId over = cancelled();

        assertEquals(Set.of(over), store().erase(List.of(queued, sent.message(), over, MessageId.create())));
        assertEquals(0, store().erase(Duration.ZERO, 10));

        assertEquals("Hello", fixture().claim(queued).message().text());
        fixture().advance(StoreFixture.PAUSE);
        assertEquals(PERSON, fixture().claimSync(10).get(0).attempt().recipient());
    }

    @Test
    @DisplayName("an erased message is never claimed, and still is what repetitions are told by")
    void erasedStaysTold() {
        Message message = fixture().message().idempotencyKey("order-1").build();
        store().enqueue(List.of(message));
        store().cancel(List.of(message.id()));
        store().erase(List.of(message.id()));
        Message sameKey = fixture().message().idempotencyKey("order-1").build();

        assertEquals(
                List.of(new EnqueueResult(message.id(), false), new EnqueueResult(message.id(), false)),
                store().enqueue(List.of(message, sameKey)));

        fixture().advance(LATER);
        assertEquals(List.of(), fixture().claim(10));
        assertEquals(List.of(), fixture().claimSync(10));
    }

    @Test
    @DisplayName("what is said of an erased message is noted; an opt-out can no longer be obeyed, and harms nothing")
    void receiptForErased() {
        Attempt erased = delivered("A-1");
        store().erase(List.of(erased.message()));
        fixture().sent("A-2");

        fixture().report(failure(null, "A-1", FailureReason.OPTED_OUT), receipt(null, "A-2", ReceiptState.DELIVERED));

        assertEquals("reported UNDELIVERED", lastEvent(erased.message()).detail());
        assertEquals(2, store().counts().get(0).messages());
        assertFalse(fixture().claim(fixture().put()).suppressed());
        assertEquals(1, store().erase(Duration.ZERO, 10));
        fixture().advance(MONTH);
        assertEquals(2, store().purge(MONTH, 10).messages());
    }

    @Test
    @DisplayName("a suppression outlives the erasure: it is the person's own wish")
    void suppressionOutlivesErasure() {
        fixture().sent("A-1");
        Attempt attempt = fixture().sent("A-2");
        fixture().report(failure(null, "A-2", FailureReason.OPTED_OUT));

        store().erase(List.of(attempt.message()));

        assertTrue(fixture().claim(fixture().put()).suppressed());
    }

    @Test
    @DisplayName("old messages are erased the longest final first, in steps no longer than the limit, each once")
    void eraseOld() {
        MessageId first = cancelled();
        fixture().advance(MICROSECOND);
        MessageId second = cancelled();
        fixture().advance(MICROSECOND);
        MessageId third = cancelled();
        fixture().advance(MONTH.minus(MICROSECOND));

        assertEquals(1, store().erase(MONTH, 1));
        assertEquals(EventSource.EXPIRY, lastEvent(first).source());
        assertEquals(new TreeSet<>(Set.of(second, third)), legible());
        assertEquals(1, store().erase(MONTH, 10));
        assertEquals(new TreeSet<>(Set.of(third)), legible());
        assertEquals(0, store().erase(MONTH, 10));
    }

    private Set<MessageId> legible() {
        return new TreeSet<>(store().messagesTo(PERSON, null, null, 10).messages());
    }

    @Test
    @DisplayName("the messages to a recipient are found step by step, of one tenant or of all, open ones too")
    void messagesTo() {
        var acme = new TreeSet<MessageId>();
        var all = new TreeSet<MessageId>();
        for (int i = 0; i < 4; i++) {
            fixture().put(Message.to(OTHER).text("Hello"));
            acme.add(fixture().put(fixture().message().tenant("acme")));
            all.add(fixture().put());
        }
        MessageId ended = acme.first();
        store().cancel(List.of(ended));
        all.addAll(acme);

        assertEquals(new ArrayList<>(all), search(null, 1));
        assertEquals(new ArrayList<>(all), search(null, 5));
        assertEquals(new ArrayList<>(acme), search("acme", 3));
        assertEquals(new ArrayList<>(acme), search("acme", 100));
        assertEquals(List.of(), search("globex", 12));
    }

    private List<MessageId> search(@Nullable String tenant, int step) {
        var found = new ArrayList<MessageId>();
        MessageId after = null;
        do {
            MessagePage page = store().messagesTo(PERSON, tenant, after, step);
            found.addAll(page.messages());
            after = page.next();
        } while (after != null);
        found.sort(null);
        return found;
    }

    @Test
    @DisplayName("final messages can be read page by page in the order in which they became final, each once")
    void finalMessages() {
        var expected = new ArrayList<MessageStatus>();
        for (int i = 0; i < 5; i++) {
            Attempt attempt = delivered("A-" + i);
            expected.add(status(attempt.message()));
            if (i % 2 == 0) {
                store().erase(List.of(attempt.message()));
            }
            fixture().advance(MICROSECOND);
        }
        fixture().put();
        fixture().advance(MONTH.minus(MICROSECOND));
        cancelled();

        for (int step : new int[] {1, 2, 100}) {
            var read = new ArrayList<MessageStatus>();
            FinalPlace place = null;
            List<MessageStatus> page = store().finalMessages(place, MONTH, step);
            while (!page.isEmpty()) {
                assertTrue(page.size() <= step);
                read.addAll(page);
                place = FinalPlace.of(page.get(page.size() - 1));
                page = store().finalMessages(place, MONTH, step);
            }
            assertEquals(expected, read);
        }
        assertEquals("A-0", expected.get(0).providerMessageId());
        assertNull(expected.get(0).hold());
    }

    @Test
    @DisplayName("messages that became final in the same moment are on one page or the other, not on both or none")
    void oneMoment() {
        var expected = new TreeSet<MessageId>();
        for (int i = 0; i < 7; i++) {
            // Ids of any kind: half of these begin with a bit that is a sign in Java.
            expected.add(cancelled(fixture().message().id(new MessageId(UUID.randomUUID()))));
        }
        store().erase(List.of(expected.first(), expected.last()));

        var read = new ArrayList<MessageId>();
        List<MessageStatus> page = store().finalMessages(null, Duration.ZERO, 2);
        while (!page.isEmpty()) {
            page.forEach(status -> read.add(status.id()));
            page = store().finalMessages(FinalPlace.of(page.get(page.size() - 1)), Duration.ZERO, 2);
        }
        assertEquals(7, read.size());
        assertEquals(expected, new TreeSet<>(read));
    }

    @Test
    @DisplayName("a place in the order outlives its message")
    void placeOutlives() {
        MessageId first = cancelled();
        FinalPlace place = FinalPlace.of(status(first));
        fixture().advance(MONTH);
        store().purge(MONTH, 10);
        MessageId second = cancelled();

        assertEquals(List.of(status(second)), store().finalMessages(place, Duration.ZERO, 10));
    }

    @Test
    @DisplayName("all hand-overs of a message go with it, with all of their parts")
    void severalAttempts() {
        Attempt first = fixture().begin(fixture().put());
        fixture().refuse(first);
        fixture().advance(StoreFixture.PAUSE);
        Attempt second = fixture().begin(fixture().claim(first.message()), BETA);
        fixture().accept(second, "B-1", "B-2");
        fixture().advance(Message.DEFAULT_VALIDITY.plus(StoreFixture.GRACE));
        store().expire(StoreFixture.GRACE, 10);
        fixture().advance(MONTH);

        assertEquals(new PurgeRound(1, 0), store().purge(MONTH, 10));

        assertTrue(store().findByAttempt(first.id()).isEmpty());
        assertTrue(store().findByAttempt(second.id()).isEmpty());
        assertEquals(Set.of(), store().knownIds(BETA, List.of("B-1", "B-2")));
    }
}
