package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.BeginRound;
import io.github.smsdispatch.store.Begun;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class LineContract extends StoreRules {
    private static final Line LINE = new Line(ALPHA, Lane.NORMAL);

    private MessageId putFor(ProviderAccount account, Lane lane, int secondsAgo) {
        return fixture()
                .putFor(
                        account,
                        fixture().message().lane(lane).dueAt(fixture().now().minusSeconds(secondsAgo)));
    }

    private static List<MessageId> ids(BeginRound round) {
        return round.begun().stream().map(begun -> begun.claim().message().id()).toList();
    }

    private List<Claim> claim(@Nullable ProviderAccount account) {
        return store().claim(new ClaimRequest(new Line(account, Lane.NORMAL), 10, LEASE));
    }

    @Test
    @DisplayName("a message that was enqueued for an account waits for it, and is handed over to it alone")
    void ofAnAccount() {
        MessageId id = fixture().putFor(ALPHA, fixture().message());

        assertEquals(List.of(), claim(null));
        assertEquals(List.of(), ids(fixture().beginNext(BETA, Map.of(Lane.NORMAL, 10))));
        BeginRound round = fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10));

        assertEquals(List.of(id), ids(round));
        assertEquals(ALPHA, round.begun().get(0).account());
        assertOneChange(id, MessageState.SUBMITTING, round.changes());
        PastAttempt attempt = store().attempts(id).get(0);
        assertEquals(round.begun().get(0).attempt(), attempt.id());
        assertEquals(ALPHA, attempt.account());
        assertEquals(List.of(), round.begun().get(0).claim().past());
        assertEquals(ALPHA, status(id).account());
        assertNull(status(id).hold());
    }

    @Test
    @DisplayName("the outcome of a hand-over from the line is written as any other")
    void finish() {
        MessageId id = fixture().putFor(ALPHA, fixture().message());
        Begun begun = fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 1)).begun().get(0);

        assertOneChange(id, MessageState.SENT, fixture().accept(new StoreFixture.Attempt(id, begun.attempt()), "A-1"));
        fixture().advance(LEASE);
        assertNoChange(store().recover(10));
    }

    @Test
    @DisplayName("a hand-over from the line whose lease ends is in doubt")
    void lease() {
        MessageId id = fixture().putFor(ALPHA, fixture().message());
        fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 1));

        fixture().advance(LEASE);

        assertOneChange(id, MessageState.IN_DOUBT, store().recover(10));
    }

    @Test
    @DisplayName("the longest due of a lane go first, and as many as there are places")
    void order() {
        MessageId third = putFor(ALPHA, Lane.NORMAL, 1);
        MessageId first = putFor(ALPHA, Lane.NORMAL, 3);
        MessageId second = putFor(ALPHA, Lane.NORMAL, 2);

        BeginRound round = fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 2));

        assertEquals(List.of(first, second), ids(round));
        assertEquals(Set.of(), round.emptied());
        BeginRound next = fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 2));
        assertEquals(List.of(third), ids(next));
        assertEquals(Set.of(LINE), next.emptied());
    }

    @Test
    @DisplayName("what a lane leaves of its places goes to those less urgent that have any")
    void places() {
        MessageId reply = putFor(ALPHA, Lane.REPLY, 0);
        MessageId first = putFor(ALPHA, Lane.BULK, 3);
        MessageId second = putFor(ALPHA, Lane.BULK, 2);
        putFor(ALPHA, Lane.BULK, 1);
        putFor(ALPHA, Lane.NORMAL, 9);

        BeginRound round = fixture().beginNext(ALPHA, Map.of(Lane.REPLY, 2, Lane.BULK, 1));

        assertEquals(List.of(reply, first, second), ids(round));
        assertEquals(Set.of(new Line(ALPHA, Lane.REPLY)), round.emptied());
    }

    @Test
    @DisplayName("several accounts are served by one call")
    void severalAccounts() {
        MessageId alpha = putFor(ALPHA, Lane.NORMAL, 0);
        MessageId beta = putFor(BETA, Lane.NORMAL, 0);

        BeginRound round = store().beginNext(
                        List.of(
                                new BeginRequest(ALPHA, Map.of(Lane.NORMAL, 5), false, AttemptId::create),
                                new BeginRequest(BETA, Map.of(Lane.NORMAL, 1), false, AttemptId::create)),
                        LEASE);

        assertEquals(List.of(alpha, beta), ids(round));
        assertEquals(ALPHA, store().attempts(alpha).get(0).account());
        assertEquals(BETA, store().attempts(beta).get(0).account());
        assertEquals(Set.of(LINE), round.emptied());
    }

    @Test
    @DisplayName("a message in line is not handed over before it is due, and not when its validity has ended")
    void dueAndValid() {
        Instant now = fixture().now();
        MessageId later = fixture().putFor(ALPHA, fixture().message().dueAt(now.plusSeconds(10)));
        MessageId brief = fixture().putFor(ALPHA, fixture().message().validity(Duration.ofSeconds(10)));
        assertEquals(MessageState.SCHEDULED, state(later));
        assertEquals(Map.of(LINE, now), store().outlook().lines());

        fixture().advance(Duration.ofSeconds(10));
        BeginRound round = fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10));

        assertEquals(List.of(later), ids(round));
        assertEquals(MessageState.QUEUED, state(brief));
    }

    @Test
    @DisplayName("a message in line whose recipient has opted out is SUPPRESSED, and handed over to nobody")
    void suppressed() {
        MessageId id = fixture().putFor(ALPHA, fixture().message());
        store().suppress(status(id).tenant(), fixture().message().build().recipient());

        BeginRound round = fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10));

        assertEquals(List.of(), round.begun());
        assertOneChange(id, MessageState.SUPPRESSED, round.changes());
        assertEquals(List.of(), store().attempts(id));
    }

    @Test
    @DisplayName("a message in line can be cancelled, and expires")
    void cancelled() {
        MessageId id = fixture().putFor(ALPHA, fixture().message());
        MessageId other = fixture().putFor(ALPHA, fixture().message().validity(Duration.ofSeconds(1)));

        assertOneChange(id, MessageState.CANCELLED, store().cancel(List.of(id)));
        fixture().advance(Duration.ofSeconds(1));

        assertOneChange(other, MessageState.EXPIRED, store().expire(StoreFixture.GRACE, 10));
        assertEquals(List.of(), ids(fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10))));
    }

    @Test
    @DisplayName(
            "a claimed message that is released for an account joins its line, in the place that its due time gives it")
    void released() {
        MessageId younger = putFor(ALPHA, Lane.NORMAL, 5);
        MessageId older =
                fixture().put(fixture().message().dueAt(fixture().now().minusSeconds(6)));
        Claim claim = fixture().claim(older);

        assertNoChange(store().release(List.of(
                new Release(older, claim.fence(), MessageState.QUEUED, null, Duration.ZERO, null, ALPHA))));

        assertEquals(List.of(), claim(null));
        assertEquals(List.of(older, younger), ids(fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10))));
    }

    @Test
    @DisplayName("a scheduled message that is released for an account joins its line")
    void releasedWhenDue() {
        MessageId id = fixture().put(fixture().message().dueAt(fixture().now().plusSeconds(1)));
        fixture().advance(Duration.ofSeconds(1));
        Claim claim = fixture().claim(id);

        assertOneChange(
                id,
                MessageState.QUEUED,
                store().release(List.of(
                        new Release(id, claim.fence(), MessageState.QUEUED, null, Duration.ZERO, null, ALPHA))));

        assertEquals(List.of(id), ids(fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10))));
    }

    @Test
    @DisplayName("a message in line may be claimed to go to another account, after a pause or at once")
    void toAnotherAccount() {
        MessageId id = fixture().putFor(ALPHA, fixture().message());
        Claim claim = claim(ALPHA).get(0);
        assertEquals(List.of(), ids(fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10))), "it is claimed");

        assertNoChange(store().release(List.of(
                new Release(id, claim.fence(), MessageState.QUEUED, HoldReason.NO_PROVIDER_UP, PAUSE, null, BETA))));

        assertEquals(HoldReason.NO_PROVIDER_UP, status(id).hold());
        assertEquals(List.of(), ids(fixture().beginNext(BETA, Map.of(Lane.NORMAL, 10))));
        fixture().advance(PAUSE);
        assertEquals(List.of(), ids(fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10))));
        assertEquals(List.of(id), ids(fixture().beginNext(BETA, Map.of(Lane.NORMAL, 10))));
    }

    @Test
    @DisplayName(
            "a claim from a line whose lease ends leaves the message in the line, and is void when it is handed over")
    void lapsedClaim() {
        MessageId id = fixture().putFor(ALPHA, fixture().message());
        Claim claim = claim(ALPHA).get(0);
        fixture().advance(LEASE);

        Begun begun =
                fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10)).begun().get(0);

        assertNotEquals(claim.fence(), begun.claim().fence());
        fixture().refuse(new StoreFixture.Attempt(id, begun.attempt()));
        assertNoChange(store().release(
                        List.of(new Release(id, claim.fence(), MessageState.REJECTED, null, Duration.ZERO, "no way"))));
        assertEquals(MessageState.QUEUED, state(id));
    }

    @Test
    @DisplayName("a message that an account has refused waits in no line, and its next hand-over knows of the refusal")
    void afterARefusal() {
        MessageId id = fixture().putFor(ALPHA, fixture().message());
        Begun first = fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 1)).begun().get(0);
        fixture().refuse(new StoreFixture.Attempt(id, first.attempt()));
        fixture().advance(PAUSE);
        assertEquals(List.of(), ids(fixture().beginNext(ALPHA, Map.of(Lane.NORMAL, 10))));

        Claim claim = fixture().claim(id);
        store().release(List.of(new Release(id, claim.fence(), MessageState.QUEUED, null, Duration.ZERO, null, BETA)));
        Begun second = fixture().beginNext(BETA, Map.of(Lane.NORMAL, 1)).begun().get(0);

        assertEquals(
                List.of(first.attempt()),
                second.claim().past().stream().map(PastAttempt::id).toList());
        assertOneChange(
                id,
                MessageState.SENT,
                fixture()
                        .finish(
                                new StoreFixture.Attempt(id, second.attempt()),
                                SubmitOutcome.Accepted.as("B-1"),
                                MessageState.SENT,
                                null));
        assertEquals(2, status(id).attempts());
    }

    @Test
    @DisplayName("the outlook tells when the first of each line is due")
    void outlook() {
        Instant now = fixture().now();
        assertTrue(store().outlook().lines().isEmpty());
        putFor(ALPHA, Lane.NORMAL, 7);
        putFor(ALPHA, Lane.NORMAL, 9);
        putFor(BETA, Lane.BULK, -60);
        fixture().put(fixture().message().lane(Lane.REPLY));

        assertEquals(
                Map.of(
                        LINE,
                        now.minusSeconds(9),
                        new Line(BETA, Lane.BULK),
                        now.plusSeconds(60),
                        new Line(null, Lane.REPLY),
                        now),
                store().outlook().lines());
        assertEquals(now.minusSeconds(9), store().nextWorkAt().orElseThrow());
    }
}
