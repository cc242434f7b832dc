package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class ControlContract extends StoreRules {
    private static final PhoneNumber RECIPIENT = PhoneNumber.parse("+12025550123");

    @Test
    @DisplayName("a claim says whether its recipient has opted out, per tenant, until that is taken back")
    void suppressed() {
        store().suppress("acme", RECIPIENT);
        store().suppress("acme", RECIPIENT);
        MessageId theirs = fixture().put(fixture().message().tenant("acme"));
        MessageId others = fixture().put();

        var claims = fixture().claim(10);

        assertEquals(2, claims.size());
        for (var claim : claims) {
            assertEquals(claim.message().id().equals(theirs), claim.suppressed());
        }
        store().unsuppress("acme", RECIPIENT);
        store().unsuppress("acme", RECIPIENT);
        fixture().advance(LEASE);
        assertFalse(fixture().claim(theirs).suppressed());
        assertEquals(MessageState.QUEUED, state(others));
    }

    @Test
    @DisplayName("a recipient who opts out between claim and hand-over is not sent to")
    void suppressedAfterClaim() {
        MessageId theirs = fixture().put(fixture().message().tenant("acme"));
        MessageId others = fixture().put();
        var starts = fixture().claim(10).stream()
                .map(claim -> new AttemptStart(claim.message().id(), claim.fence(), AttemptId.create(), ALPHA))
                .toList();
        store().suppress("acme", RECIPIENT);

        assertOneChange(others, MessageState.SUBMITTING, store().begin(starts, LEASE));

        assertEquals(MessageState.QUEUED, state(theirs));
        assertEquals(0, status(theirs).attempts());
        assertEquals(1, store().history(theirs).size());
        fixture().advance(LEASE);
        assertTrue(fixture().claim(theirs).suppressed());
    }

    @Test
    @DisplayName("a hand-over that ends in SUPPRESSED suppresses the recipient for the tenant")
    void optedOut() {
        Attempt attempt = fixture().begin(fixture().put());
        var refusal = SubmitOutcome.Refused.because(FailureReason.OPTED_OUT, "21610", "said STOP");

        assertOneChange(
                attempt.message(),
                MessageState.SUPPRESSED,
                fixture().finish(attempt, refusal, MessageState.SUPPRESSED, null));

        assertTrue(fixture().claim(fixture().put()).suppressed());
        assertFalse(fixture()
                .claim(fixture().put(fixture().message().tenant("other")))
                .suppressed());
        assertFalse(fixture()
                .claim(fixture().put(Message.to("+12025550124").text("Hello")))
                .suppressed());
    }

    @Test
    @DisplayName("an account has the run state that an operator has set")
    void runStates() {
        assertEquals(Map.of(), store().runStates());

        store().setRunState(ALPHA, RunState.PAUSED);
        store().setRunState(BETA, RunState.DRAINING);
        assertEquals(Map.of(ALPHA, RunState.PAUSED, BETA, RunState.DRAINING), store().runStates());

        store().setRunState(ALPHA, RunState.RUNNING);
        assertEquals(Map.of(ALPHA, RunState.RUNNING, BETA, RunState.DRAINING), store().runStates());
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    @DisplayName("every run state can be set, and set again")
    void everyRunState(RunState state) {
        store().setRunState(ALPHA, state);
        store().setRunState(ALPHA, state);

        assertEquals(Map.of(ALPHA, state), store().runStates());
    }

    @Test
    @DisplayName("an account that only carries messages has no run state")
    void noRunState() {
        fixture().sent("A-1");

        assertEquals(Map.of(), store().runStates());
    }
}
