package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.testkit.store.StoreFixture.ALPHA;
import static io.github.smsdispatch.testkit.store.StoreFixture.BETA;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static io.github.smsdispatch.testkit.store.StoreFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    @DisplayName("so does one that does not end the message, as an earlier hand-over may have been taken")
    void optedOutAfterDoubt() {
        Attempt attempt = fixture().begin(fixture().resent().message());
        var refusal = SubmitOutcome.Refused.because(FailureReason.OPTED_OUT, "21610", "said STOP");

        assertOneChange(
                attempt.message(),
                MessageState.QUEUED,
                fixture().finish(attempt, refusal, MessageState.SUPPRESSED, null));

        assertTrue(isSuppressed(Message.DEFAULT_TENANT));
    }

    @Test
    @DisplayName("a receipt that says the recipient has opted out suppresses the recipient for the tenant")
    void optedOutByReceipt() {
        MessageId id = fixture().put(fixture().message().tenant("acme"));
        fixture().accept(fixture().begin(id), "A-1");

        assertOneChange(id, MessageState.UNDELIVERED, fixture().report(failure(null, "A-1", FailureReason.OPTED_OUT)));

        assertTrue(isSuppressed("acme"));
        assertFalse(isSuppressed(Message.DEFAULT_TENANT));
    }

    @Test
    @DisplayName("so does the answer to a look-up")
    void optedOutByLookup() {
        Attempt attempt = fixture().sent("A-1");

        List<StateChange> changes =
                fixture().settle(attempt, Verdict.OPEN, PAUSE, failure(attempt, "A-1", FailureReason.OPTED_OUT));

        assertOneChange(attempt.message(), MessageState.UNDELIVERED, changes);
        assertTrue(isSuppressed(Message.DEFAULT_TENANT));
    }

    @Test
    @DisplayName("so does one that comes when the message is final, or was refused, or was handed over again")
    void optedOutTooLate() {
        Attempt ended = fixture().begin(fixture().put(fixture().message().tenant("ended")));
        fixture().accept(ended, "A-1");
        fixture().report("A-1", ReceiptState.DELIVERED);
        Attempt refused = fixture().begin(fixture().put(fixture().message().tenant("refused")));
        fixture().refuse(refused);
        Attempt earlier = fixture().begin(fixture().put(fixture().message().tenant("again")));
        fixture().doubt(earlier);
        fixture().settle(earlier, Verdict.RESEND, Duration.ZERO);
        fixture().begin(earlier.message());

        assertNoChange(fixture()
                .report(
                        failure(null, "A-1", FailureReason.OPTED_OUT),
                        failure(refused, "A-2", FailureReason.OPTED_OUT),
                        failure(earlier, "A-3", FailureReason.OPTED_OUT)));

        assertEquals(MessageState.DELIVERED, state(ended.message()));
        assertEquals(FailureReason.OPTED_OUT, lastEvent(ended.message()).reason());
        assertTrue(isSuppressed("ended"));
        assertTrue(isSuppressed("refused"));
        assertTrue(isSuppressed("again"));
    }

    @ParameterizedTest
    @EnumSource(value = FailureReason.class, names = "OPTED_OUT", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("no other reason of a receipt suppresses anybody")
    void otherReasons(FailureReason reason) {
        fixture().sent("A-1");

        fixture().report(failure(null, "A-1", reason));

        assertFalse(isSuppressed(Message.DEFAULT_TENANT));
    }

    @ParameterizedTest
    @EnumSource(value = ReceiptState.class, names = "UNDELIVERED", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("a receipt that reports no failure suppresses nobody, whatever its reason")
    void reasonWithoutFailure(ReceiptState state) {
        fixture().sent("A-1");

        fixture().report(new Receipt(ALPHA, "A-1", null, state, "odd", "1", FailureReason.OPTED_OUT, null));

        assertFalse(isSuppressed(Message.DEFAULT_TENANT));
    }

    @Test
    @DisplayName("a receipt that comes again does not suppress again who has changed their mind")
    void optedOutRepeated() {
        Receipt receipt = failure(null, "A-1", FailureReason.OPTED_OUT);
        Attempt attempt = fixture().sent("A-1");
        fixture().report(receipt);
        store().unsuppress(Message.DEFAULT_TENANT, RECIPIENT);

        fixture().report(receipt);
        fixture().settle(attempt, Verdict.OPEN, PAUSE, receipt);

        assertFalse(isSuppressed(Message.DEFAULT_TENANT));
    }

    @Test
    @DisplayName("several opt-outs of one recipient in one call are one")
    void optedOutTwice() {
        fixture().sent("A-1");
        fixture().sent("A-2");

        fixture().report(failure(null, "A-1", FailureReason.OPTED_OUT), failure(null, "A-2", FailureReason.OPTED_OUT));

        assertTrue(isSuppressed(Message.DEFAULT_TENANT));
        store().unsuppress(Message.DEFAULT_TENANT, RECIPIENT);
        assertFalse(isSuppressed(Message.DEFAULT_TENANT));
    }

    private boolean isSuppressed(String tenant) {
        return fixture()
                .claim(fixture().put(fixture().message().tenant(tenant)))
                .suppressed();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " acme",
                "two words",
                "-acme",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    @DisplayName("nobody is suppressed for a tenant that no message can have")
    void strangeTenant(String tenant) {
        assertThrows(IllegalArgumentException.class, () -> store().suppress(tenant, RECIPIENT));
        assertThrows(IllegalArgumentException.class, () -> store().unsuppress(tenant, RECIPIENT));
    }

    @Test
    @SuppressWarnings("NullAway") // What a caller without it may do.
    @DisplayName("no run state is none that could be set")
    void nullRunState() {
        assertThrows(NullPointerException.class, () -> store().setRunState(ALPHA, null));

        assertEquals(Map.of(), store().runStates());
    }

    @Test
    @DisplayName("an account that only carries messages has no run state")
    void noRunState() {
        fixture().sent("A-1");

        assertEquals(Map.of(), store().runStates());
    }
}
