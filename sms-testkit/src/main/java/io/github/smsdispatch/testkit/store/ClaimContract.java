package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.HoldReason;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.PastAttempt.Result;
import io.github.smsdispatch.store.Release;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class ClaimContract extends StoreRules {
    @Test
    @DisplayName("the longest due come first, up to the limit, and a claim does not change the state")
    void order() {
        MessageId third = fixture().put();
        MessageId first =
                fixture().put(fixture().message().dueAt(fixture().now().minusSeconds(2)));
        MessageId second =
                fixture().put(fixture().message().dueAt(fixture().now().minusSeconds(1)));

        List<Claim> claims = fixture().claim(2);

        assertEquals(
                List.of(first, second),
                claims.stream().map(claim -> claim.message().id()).toList());
        assertEquals(fixture().now().minusSeconds(2), claims.get(0).dueAt());
        assertEquals(fixture().now(), claims.get(0).now());
        assertEquals(status(first).expiresAt(), claims.get(0).expiresAt());
        assertEquals(List.of(), claims.get(0).past());
        assertFalse(claims.get(0).suppressed());
        assertEquals(MessageState.QUEUED, state(first));
        assertEquals(1, store().history(first).size());
        assertEquals(third, fixture().claim(2).get(0).message().id());
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    @DisplayName("each lane holds its own messages only")
    void lanes(Lane lane) {
        for (Lane each : Lane.values()) {
            fixture().put(fixture().message().lane(each));
        }

        List<Claim> claims = store().claim(new ClaimRequest(lane, 10, LEASE));

        assertEquals(
                List.of(lane),
                claims.stream().map(claim -> claim.message().lane()).toList());
    }

    @Test
    @DisplayName("a claimed message is out of reach until its lease ends, and then gets a new fence")
    void lease() {
        MessageId id = fixture().put();
        Claim earlier = fixture().claim(id);

        fixture().advance(LEASE.minusNanos(1000));
        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(Duration.ofNanos(1000));
        Claim later = fixture().claim(id);

        assertNotEquals(earlier.fence(), later.fence());
        assertNoChange(store().begin(List.of(start(earlier)), LEASE));
        assertNoChange(store().release(List.of(release(earlier, MessageState.REJECTED, null))));
        assertOneChange(id, MessageState.SUBMITTING, store().begin(List.of(start(later)), LEASE));
    }

    @Test
    @DisplayName("a claim is good after its lease as long as nobody else has claimed the message")
    void lapsedLease() {
        MessageId id = fixture().put();
        Claim claim = fixture().claim(id);
        fixture().advance(LATER);

        assertOneChange(id, MessageState.SUBMITTING, store().begin(List.of(start(claim)), LEASE));
    }

    @Test
    @DisplayName("one claim begins one hand-over, also when the message is back in the queue")
    void usedClaim() {
        MessageId id = fixture().put();
        Claim claim = fixture().claim(id);

        assertEquals(
                1, store().begin(List.of(start(claim), start(claim)), LEASE).size());
        assertNoChange(store().begin(List.of(start(claim)), LEASE));
        fixture()
                .refuse(new StoreFixture.Attempt(id, store().attempts(id).get(0).id()));

        assertEquals(MessageState.QUEUED, state(id));
        assertNoChange(store().begin(List.of(start(claim)), LEASE));
        assertNoChange(store().release(List.of(release(claim, MessageState.REJECTED, null))));
    }

    @Test
    @DisplayName("a message whose validity has ended is neither claimed nor handed over")
    void expired() {
        MessageId id = fixture().put(fixture().message().validity(Duration.ofSeconds(1)));
        Claim claim = fixture().claim(id);
        fixture().advance(LATER);

        assertEquals(List.of(), fixture().claim(10));
        assertNoChange(store().begin(List.of(start(claim)), LEASE));
        assertEquals(MessageState.QUEUED, state(id));
    }

    @Test
    @DisplayName("a claim names the earlier hand-overs, oldest first")
    void pastAttempts() {
        MessageId id = fixture().put();
        StoreFixture.Attempt first = fixture().begin(id);
        fixture().advance(Duration.ofSeconds(1));
        fixture().refuse(first);
        fixture().advance(PAUSE);
        StoreFixture.Attempt second = fixture().begin(fixture().claim(id), StoreFixture.BETA);
        fixture().refuse(second);
        fixture().advance(PAUSE);

        List<PastAttempt> past = fixture().claim(id).past();

        assertEquals(
                List.of(first.id(), second.id()),
                past.stream().map(PastAttempt::id).toList());
        assertEquals(ALPHA, past.get(0).account());
        assertEquals(StoreFixture.BETA, past.get(1).account());
        assertEquals(Result.REFUSED, past.get(0).result());
        assertEquals("503", past.get(0).code());
        assertEquals(StoreFixture.START, past.get(0).startedAt());
        assertEquals(StoreFixture.START.plusSeconds(1), past.get(0).endedAt());
        assertEquals(past, store().attempts(id));
    }

    @Test
    @DisplayName("a message given back unused can be claimed again, and its history stays as it was")
    void givenBack() {
        MessageId id = fixture().put();

        assertNoChange(store().release(List.of(
                new Release(id, fixture().claim(id).fence(), MessageState.QUEUED, null, Duration.ZERO, null))));

        assertNull(status(id).hold());
        assertEquals(1, store().history(id).size());
        assertEquals(id, fixture().claim(id).message().id());
    }

    @Test
    @DisplayName("a message that is held back says why, and waits as long as it was told to")
    void heldBack() {
        MessageId id = fixture().put();

        assertNoChange(
                store().release(List.of(release(fixture().claim(id), MessageState.QUEUED, HoldReason.NO_PROVIDER_UP))));

        assertEquals(HoldReason.NO_PROVIDER_UP, status(id).hold());
        assertEquals("no way", status(id).detail());
        fixture().advance(PAUSE.minusNanos(1000));
        assertEquals(List.of(), fixture().claim(10));
        fixture().advance(Duration.ofNanos(1000));
        fixture().begin(id);
        assertNull(status(id).hold());
    }

    @Test
    @DisplayName("a message that is held back without a word still says why its latest hand-over failed")
    void heldBackAfterARefusal() {
        MessageId id = fixture().put();
        fixture().refuse(fixture().begin(id));
        fixture().advance(PAUSE);

        assertNoChange(store().release(List.of(new Release(
                id, fixture().claim(id).fence(), MessageState.QUEUED, HoldReason.NO_PROVIDER_UP, PAUSE, null))));

        assertEquals(HoldReason.NO_PROVIDER_UP, status(id).hold());
        assertEquals(FailureReason.UNAVAILABLE, status(id).reason());
        assertEquals("503", status(id).code());
        assertEquals("not there", status(id).detail());
    }

    @Test
    @DisplayName("a scheduled message that is given back is queued")
    void scheduledGivenBack() {
        MessageId id = fixture().put(fixture().message().dueAt(fixture().now().plusSeconds(1)));
        fixture().advance(Duration.ofSeconds(1));

        List<StateChange> changes = store().release(List.of(release(fixture().claim(id), MessageState.QUEUED, null)));

        assertOneChange(id, MessageState.QUEUED, changes);
        assertEquals(MessageState.SCHEDULED, changes.get(0).event().from());
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "SUPPRESSED", "EXPIRED"})
    @DisplayName("a claim may end a message without a hand-over")
    void ended(MessageState end) {
        MessageId id = fixture().put();

        List<StateChange> changes = store().release(List.of(release(fixture().claim(id), end, null)));

        assertOneChange(id, end, changes);
        assertEquals("no way", changes.get(0).event().detail());
        assertEquals("no way", status(id).detail());
        assertEquals(0, status(id).attempts());
    }

    @Test
    @DisplayName("what is not known is passed over")
    void unknown() {
        assertNoChange(
                store().begin(List.of(new AttemptStart(MessageId.create(), 1, AttemptId.create(), ALPHA)), LEASE));
        assertNoChange(store().release(
                        List.of(new Release(MessageId.create(), 1, MessageState.REJECTED, null, Duration.ZERO, null))));
    }

    private static AttemptStart start(Claim claim) {
        return new AttemptStart(claim.message().id(), claim.fence(), AttemptId.create(), ALPHA);
    }

    private static Release release(Claim claim, MessageState next, @Nullable HoldReason hold) {
        return new Release(claim.message().id(), claim.fence(), next, hold, PAUSE, "no way");
    }
}
