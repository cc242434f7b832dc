package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ConsentWord;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
abstract class CompetitionContract extends StoreRules {
    private static final int NODES = 4;

    @Test
    @DisplayName("no message is claimed by two nodes")
    void claims() throws Exception {
        store().enqueue(messages(400));
        Map<MessageId, Integer> claimed = new ConcurrentHashMap<>();

        together(node -> {
            List<Claim> claims;
            do {
                claims = fixture().claim(7);
                claims.forEach(claim -> claimed.merge(claim.message().id(), 1, Integer::sum));
            } while (!claims.isEmpty());
            return claims;
        });
        // A node may have found nothing because others were about to take the last ones.
        fixture().claim(400).forEach(claim -> claimed.merge(claim.message().id(), 1, Integer::sum));

        assertEquals(400, claimed.size());
        assertTrue(claimed.values().stream().allMatch(times -> times == 1));
    }

    @Test
    @DisplayName("of many messages with one key, offered by all nodes at once, one is taken")
    void keys() throws Exception {
        List<List<EnqueueResult>> results = together(node -> store().enqueue(IntStream.range(0, 50)
                .mapToObj(i -> fixture().message().idempotencyKey("k" + i).build())
                .toList()));

        for (int i = 0; i < 50; i++) {
            int at = i;
            assertEquals(
                    1, results.stream().filter(each -> each.get(at).added()).count());
            assertEquals(
                    1,
                    results.stream().map(each -> each.get(at).id()).distinct().count());
        }
        assertEquals(50, store().counts().get(0).messages());
    }

    @Test
    @DisplayName("one word of a person, heard by all nodes at once, is obeyed once")
    void words() throws Exception {
        for (int i = 0; i < 20; i++) {
            var word = new ConsentWord(
                    ALPHA,
                    "in-" + i,
                    PhoneNumber.parse("+12025550123"),
                    i % 2 == 0 ? Consent.WITHDRAWN : Consent.GIVEN,
                    Set.of("acme", "globex", "initech"));

            List<List<Boolean>> obeyed = together(node -> List.of(store().consent(word)));

            assertEquals(1, obeyed.stream().filter(each -> each.get(0)).count());
        }
    }

    @Test
    @DisplayName("one claim, begun by all nodes at once, is one hand-over")
    void begins() throws Exception {
        store().enqueue(messages(20));
        List<Claim> claims = fixture().claim(20);

        List<List<StateChange>> begun = together(node -> store().begin(
                        claims.stream()
                                .map(claim -> new AttemptStart(
                                        claim.message().id(), claim.fence(), AttemptId.create(), ALPHA))
                                .toList(),
                        LEASE));

        assertEquals(20, begun.stream().mapToInt(List::size).sum());
        for (Claim claim : claims) {
            assertEquals(1, store().attempts(claim.message().id()).size());
        }
    }

    @Test
    @DisplayName("a withdrawal and a hand-over that race end in one of the two, never in both")
    void cancelAgainstBegin() throws Exception {
        store().enqueue(messages(40));
        List<Claim> claims = fixture().claim(40);
        List<MessageId> ids = claims.stream().map(claim -> claim.message().id()).toList();

        List<List<StateChange>> changes = together(node -> node % 2 == 0
                ? store().cancel(ids)
                : store().begin(
                                claims.stream()
                                        .map(claim -> new AttemptStart(
                                                claim.message().id(), claim.fence(), AttemptId.create(), ALPHA))
                                        .toList(),
                                LEASE));

        assertEquals(40, changes.stream().mapToInt(List::size).sum());
        for (MessageId id : ids) {
            assertEquals(2, store().history(id).size());
            assertEquals(
                    state(id) == MessageState.CANCELLED ? 0 : 1,
                    store().attempts(id).size());
        }
    }

    @Test
    @DisplayName("answers and receipts that come together are both kept, and each change is told once")
    void answersAgainstReceipts() throws Exception {
        store().enqueue(messages(40));
        List<Attempt> attempts = fixture().claim(40).stream()
                .map(claim -> fixture().begin(claim, ALPHA))
                .toList();

        List<List<StateChange>> changes = together(node -> switch (node) {
            case 0 ->
                store().finish(attempts.stream()
                        .map(attempt -> new AttemptEnd(
                                attempt.message(),
                                attempt.id(),
                                SubmitOutcome.Accepted.as("A-" + attempt.message()),
                                MessageState.SENT,
                                null,
                                LEASE))
                        .toList());
            case 1 -> {
                store().receive(attempts.stream()
                        .map(attempt -> receipt(attempt, "A-" + attempt.message(), ReceiptState.DELIVERED))
                        .toList());
                yield store().applyReceipts(100).changes();
            }
            default -> store().applyReceipts(100).changes();
        });
        var told = new ArrayList<StateChange>();
        changes.forEach(told::addAll);
        told.addAll(store().applyReceipts(100).changes());

        for (Attempt attempt : attempts) {
            assertEquals(MessageState.DELIVERED, state(attempt.message()));
            assertEquals("A-" + attempt.message(), status(attempt.message()).providerMessageId());
            assertEquals(
                    1,
                    told.stream()
                            .filter(change -> change.message().equals(attempt.message())
                                    && change.event().to() == MessageState.DELIVERED)
                            .count());
        }
    }

    @Test
    @DisplayName("each message is purged once, and each is erased once, while receipts for them still come")
    void retention() throws Exception {
        store().enqueue(messages(120));
        List<Attempt> attempts = fixture().claim(120).stream()
                .map(claim -> fixture().begin(claim, ALPHA))
                .toList();
        attempts.forEach(attempt -> fixture().accept(attempt, "A-" + attempt.message()));
        attempts.forEach(attempt -> fixture().report("A-" + attempt.message(), ReceiptState.DELIVERED));
        store().receive(attempts.stream()
                .map(attempt -> receipt(attempt, "A-" + attempt.message(), ReceiptState.UNDELIVERED))
                .toList());

        List<List<Integer>> erased = together(node -> List.of(
                store().erase(Duration.ZERO, 40),
                store().applyReceipts(10).changes().size()));
        int last = store().erase(Duration.ZERO, 120);
        assertEquals(120, last + erased.stream().mapToInt(each -> each.get(0)).sum());
        List<List<Integer>> purged = together(node -> List.of(
                store().purge(Duration.ZERO, 40).messages(),
                store().applyReceipts(40).changes().size()));
        last = store().purge(Duration.ZERO, 120).messages();

        assertEquals(120, last + purged.stream().mapToInt(each -> each.get(0)).sum());
        assertEquals(List.of(), store().counts());
        for (Attempt attempt : attempts) {
            assertEquals(List.of(), store().history(attempt.message()));
        }
    }

    private List<Message> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> fixture().message().build())
                .toList();
    }

    /** What a node does. */
    @FunctionalInterface
    private interface Node<T> {
        T run(int number);
    }

    private static <T> List<T> together(Node<T> work) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(NODES);
        try {
            var start = new CyclicBarrier(NODES);
            var tasks = new ArrayList<Callable<T>>();
            for (int i = 0; i < NODES; i++) {
                int number = i;
                tasks.add(() -> {
                    start.await();
                    return work.run(number);
                });
            }
            var results = new ArrayList<T>();
            for (Future<T> future : nodes.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            nodes.shutdownNow();
        }
    }
}
