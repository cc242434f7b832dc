package io.github.smsdispatch.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.EnqueueResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class EnqueueContract extends StoreRules {
    @Test
    @DisplayName("a message without a due time is queued at once, and its history begins")
    void queued() {
        MessageId id = fixture().put();

        MessageStatus status = status(id);
        assertEquals(MessageState.QUEUED, status.state());
        assertEquals(fixture().now(), status.dueAt());
        assertEquals(fixture().now().plus(Message.DEFAULT_VALIDITY), status.expiresAt());
        assertEquals(Message.DEFAULT_TENANT, status.tenant());
        assertEquals(0, status.attempts());
        assertEquals(1, status.segments());
        assertNull(status.account());
        assertNull(status.hold());
        assertEquals(
                List.of(new MessageEvent(
                        fixture().now(), null, MessageState.QUEUED, EventSource.CALLER, null, null, null)),
                store().history(id));
    }

    @Test
    @DisplayName("a message that is due later is scheduled, and can be claimed from then on")
    void scheduled() {
        Instant dueAt = fixture().now().plusSeconds(60);
        MessageId id = fixture().put(fixture().message().dueAt(dueAt));

        assertEquals(MessageState.SCHEDULED, state(id));
        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(Duration.ofSeconds(60).minusNanos(1000));
        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(Duration.ofNanos(1000));
        assertEquals(id, fixture().claim(10).get(0).message().id());
    }

    @Test
    @DisplayName("a due time in the past means now, but the validity counts from it")
    void pastDueTime() {
        Instant dueAt = fixture().now().minusSeconds(100);
        MessageId id = fixture().put(fixture().message().dueAt(dueAt).validity(Duration.ofSeconds(101)));

        assertEquals(MessageState.QUEUED, state(id));
        assertEquals(dueAt, status(id).dueAt());
        assertEquals(fixture().now().plusSeconds(1), status(id).expiresAt());
    }

    @Test
    @DisplayName("everything that makes a message comes back with its claim")
    void wholeMessage() {
        Message given = fixture()
                .message()
                .text("Zażółć gęślą jaźń 🚀 " + "x".repeat(5000))
                .tenant("Acme.org")
                .idempotencyKey("Key \u00e9 1")
                .sender(Sender.of("+12025550100"))
                .dueAt(fixture().now().minusSeconds(1))
                .validity(Duration.ofMinutes(90))
                .lane(Lane.REPLY)
                .campaign("spring")
                .attribute("contact", "4711")
                .attribute("empty", "")
                .doubtPolicy(DoubtPolicy.RESEND)
                .build();
        store().enqueue(List.of(given));

        Message kept = store().claim(new ClaimRequest(Lane.REPLY, 1, StoreFixture.LEASE))
                .get(0)
                .message();
        assertEquals(given.id(), kept.id());
        assertEquals(given.recipient(), kept.recipient());
        assertEquals(given.text(), kept.text());
        assertEquals(given.segments(), kept.segments());
        assertEquals(given.tenant(), kept.tenant());
        assertEquals(given.idempotencyKey(), kept.idempotencyKey());
        assertEquals(given.sender(), kept.sender());
        assertEquals(given.dueAt(), kept.dueAt());
        assertEquals(given.validity(), kept.validity());
        assertEquals(given.lane(), kept.lane());
        assertEquals(given.campaign(), kept.campaign());
        assertEquals(given.attributes(), kept.attributes());
        assertEquals(given.doubtPolicy(), kept.doubtPolicy());
    }

    @Test
    @DisplayName("a message with the same id is not taken twice, and the first is kept unchanged")
    void sameId() {
        MessageId id = fixture().put(fixture().message().text("first"));

        List<EnqueueResult> results = store().enqueue(
                        List.of(fixture().message().id(id).text("second").build()));

        assertEquals(List.of(new EnqueueResult(id, false)), results);
        assertEquals("first", fixture().claim(10).get(0).message().text());
        assertEquals(1, store().history(id).size());
    }

    @Test
    @DisplayName("a key counts once per tenant, to the letter")
    void sameKey() {
        MessageId first = fixture().put(fixture().message().idempotencyKey("k"));

        List<EnqueueResult> results = store().enqueue(List.of(
                fixture().message().idempotencyKey("k").build(),
                fixture().message().idempotencyKey("K").build(),
                fixture().message().idempotencyKey("ķ").build(),
                fixture().message().tenant("other").idempotencyKey("k").build()));

        assertEquals(new EnqueueResult(first, false), results.get(0));
        assertEquals(
                List.of(false, true, true, true),
                results.stream().map(EnqueueResult::added).toList());
        assertEquals(4, fixture().claim(10).size());
    }

    @Test
    @DisplayName("of the messages of one call that are the same, the first is kept")
    void sameWithinOneCall() {
        Message first = fixture().message().text("first").idempotencyKey("k").build();
        Message sameId = fixture().message().text("second").id(first.id()).build();
        Message sameKey = fixture().message().text("third").idempotencyKey("k").build();
        Message other = fixture().message().text("fourth").build();

        List<EnqueueResult> results = store().enqueue(List.of(first, sameId, sameKey, other));

        assertEquals(
                List.of(
                        new EnqueueResult(first.id(), true),
                        new EnqueueResult(first.id(), false),
                        new EnqueueResult(first.id(), false),
                        new EnqueueResult(other.id(), true)),
                results);
        assertEquals(2, fixture().claim(10).size());
    }

    @Test
    @DisplayName("a thousand messages at once are answered in their order")
    void manyAtOnce() {
        List<Message> messages = IntStream.range(0, 1000)
                .mapToObj(i -> fixture().message().idempotencyKey("k" + i % 900).build())
                .toList();

        List<EnqueueResult> results = store().enqueue(messages);

        for (int i = 0; i < 1000; i++) {
            assertEquals(new EnqueueResult(messages.get(i % 900).id(), i < 900), results.get(i));
        }
        assertEquals(900, store().counts().get(0).messages());
    }

    @Test
    @DisplayName("nothing at all is taken as well")
    void nothing() {
        assertEquals(List.of(), store().enqueue(List.of()));
    }
}
