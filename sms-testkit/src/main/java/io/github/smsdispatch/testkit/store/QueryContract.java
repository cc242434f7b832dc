package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class QueryContract extends StoreRules {
    @Test
    @DisplayName("a message is found by id, by key and by attempt")
    void found() {
        MessageId id = fixture().put(fixture().message().tenant("acme").idempotencyKey("order-1"));
        Attempt attempt = fixture().begin(id);

        assertEquals(id, store().find(id).orElseThrow().id());
        assertEquals(store().find(id), store().findByKey("acme", "order-1"));
        assertEquals(store().find(id), store().findByAttempt(attempt.id()));
    }

    @Test
    @DisplayName("of many hand-overs it is told whose they are, and of those that are not known nothing")
    void messagesOf() {
        MessageId first = fixture().put(fixture().message());
        Attempt one = fixture().begin(first);
        MessageId second = fixture().put(fixture().message());
        Attempt other = fixture().begin(second);
        var asked = new ArrayList<>(List.of(one.id(), other.id()));
        // More than fit into one statement of a database.
        IntStream.range(0, 1200).forEach(i -> asked.add(1, AttemptId.create()));

        assertEquals(Map.of(one.id(), first, other.id(), second), store().messagesOf(asked));
        assertEquals(Map.of(), store().messagesOf(List.of()));
    }

    @Test
    @DisplayName("what is not known is empty, not an error")
    void unknown() {
        fixture().put(fixture().message().idempotencyKey("order-1"));

        assertTrue(store().find(MessageId.create()).isEmpty());
        assertTrue(store().findByKey("other", "order-1").isEmpty());
        assertTrue(store().findByKey("default", "ORDER-1").isEmpty());
        assertTrue(store().findByAttempt(AttemptId.create()).isEmpty());
        assertEquals(List.of(), store().history(MessageId.create()));
        assertEquals(List.of(), store().attempts(MessageId.create()));
    }

    @Test
    @DisplayName("the history tells the whole life, oldest first, each step from where the last one ended")
    void history() {
        MessageId id = fixture().put();
        Attempt first = fixture().begin(id);
        fixture().refuse(first);
        fixture().advance(PAUSE);
        Attempt second = fixture().begin(id);
        fixture().accept(second, "A-1");
        fixture().advance(Duration.ofSeconds(1));
        fixture().report("A-1", ReceiptState.DELIVERED);

        List<MessageEvent> history = store().history(id);

        assertEquals(
                List.of(
                        MessageState.QUEUED,
                        MessageState.SUBMITTING,
                        MessageState.QUEUED,
                        MessageState.SUBMITTING,
                        MessageState.SENT,
                        MessageState.DELIVERED),
                history.stream().map(MessageEvent::to).toList());
        for (int i = 1; i < history.size(); i++) {
            assertEquals(history.get(i - 1).to(), history.get(i).from());
        }
        assertEquals(fixture().now(), history.get(5).at());
        assertEquals(fixture().now(), status(id).updatedAt());
        assertEquals(2, status(id).attempts());
    }

    @Test
    @DisplayName("the provider's id is that of the latest hand-over that was taken")
    void latestId() {
        Attempt first = fixture().resent();
        Attempt second = fixture().begin(first.message());
        fixture().accept(second, "A-2", "A-3");
        assertEquals("A-2", status(first.message()).providerMessageId());

        fixture().accept(first, "A-1");
        assertEquals("A-2", status(first.message()).providerMessageId());
    }

    @Test
    @DisplayName("messages and segments are counted by state and account")
    void counts() {
        assertEquals(List.of(), store().counts());
        fixture().sent("A-1");
        fixture().sent("A-2");
        Attempt beta = fixture().begin(fixture().claim(fixture().put()), StoreFixture.BETA);
        fixture().accept(beta, "B-1");
        fixture().put(fixture().message().text("x".repeat(200)));
        fixture().put();

        assertEquals(
                Set.of(
                        new StateCount(MessageState.SENT, ALPHA, 2, 2),
                        new StateCount(MessageState.SENT, StoreFixture.BETA, 1, 1),
                        new StateCount(MessageState.QUEUED, null, 2, 3)),
                Set.copyOf(store().counts()));
    }

    @Test
    @DisplayName("look-ups are foreseen for each account, and apart from hand-overs under way")
    void lookups() {
        Instant now = fixture().now();
        assertEquals(Map.of(), store().outlook().lookups());
        fixture().sent("A-1");
        fixture().accept(fixture().begin(fixture().claim(fixture().put()), StoreFixture.BETA), "B-1");
        fixture().advance(Duration.ofSeconds(1));
        fixture().sent("A-2");
        fixture().begin(fixture().put());

        assertEquals(
                Map.of(ALPHA, now.plus(PAUSE), StoreFixture.BETA, now.plus(PAUSE)),
                store().outlook().lookups());
        assertEquals(now.plusSeconds(1).plus(LEASE), store().outlook().recoveries());
    }

    @Test
    @DisplayName("the next work is the earliest of all open messages, and none when all are final")
    void nextWork() {
        assertTrue(store().nextWorkAt().isEmpty());
        Instant now = fixture().now();
        MessageId scheduled = fixture().put(fixture().message().dueAt(now.plus(Duration.ofDays(1))));
        assertEquals(now.plus(Duration.ofDays(1)), store().nextWorkAt().orElseThrow());

        MessageId queued = fixture().put();
        assertEquals(now, store().nextWorkAt().orElseThrow());
        Attempt attempt = fixture().begin(queued);
        assertEquals(now.plus(LEASE), store().nextWorkAt().orElseThrow());
        fixture().accept(attempt, "A-1");
        assertEquals(now.plus(PAUSE), store().nextWorkAt().orElseThrow());
        fixture().report("A-1", ReceiptState.DELIVERED);
        assertEquals(now.plus(Duration.ofDays(1)), store().nextWorkAt().orElseThrow());
        store().cancel(List.of(scheduled));
        assertTrue(store().nextWorkAt().isEmpty());
    }
}
