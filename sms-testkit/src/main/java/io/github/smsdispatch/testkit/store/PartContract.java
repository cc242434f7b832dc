package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.spi.ReceiptState.DELIVERED;
import static io.github.smsdispatch.spi.ReceiptState.ENROUTE;
import static io.github.smsdispatch.spi.ReceiptState.UNDELIVERED;
import static io.github.smsdispatch.testkit.store.StoreFixture.LEASE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class PartContract extends StoreRules {
    @Test
    @DisplayName("a message of several parts is delivered when the last part is")
    void allParts() {
        Attempt attempt = fixture().sent("P-1", "P-2", "P-3");

        assertNoChange(fixture().report(receipt(null, "P-3", DELIVERED), receipt(null, "P-1", DELIVERED)));
        assertOneChange(attempt.message(), MessageState.DELIVERED, fixture().report("P-2", DELIVERED));
    }

    @Test
    @DisplayName("a message of several parts is undelivered when one part is")
    void onePart() {
        Attempt attempt = fixture().sent("P-1", "P-2");
        fixture().report("P-1", DELIVERED);

        assertOneChange(attempt.message(), MessageState.UNDELIVERED, fixture().report("P-2", UNDELIVERED));
    }

    @Test
    @DisplayName("a receipt of one part of several proves that the message was sent")
    void firstPart() {
        Attempt attempt = fixture().begin(fixture().put());
        fixture().accept(attempt, "P-1", "P-2");
        Attempt doubtful = fixture().doubtful();
        fixture().report(receipt(doubtful, "Q-1", ENROUTE), receipt(doubtful, "Q-2", ENROUTE));

        assertNoChange(fixture().report("Q-1", DELIVERED));
        assertOneChange(doubtful.message(), MessageState.DELIVERED, fixture().report("Q-2", DELIVERED));
        assertEquals(MessageState.SENT, state(attempt.message()));
    }

    @Test
    @DisplayName(
            "a receipt of one part that overtakes the answer waits for it, because only the answer names all parts")
    void partBeforeTheAnswer() {
        Attempt attempt = fixture().beginLong(true);

        assertNoChange(fixture().report(receipt(attempt, "P-1", DELIVERED)));
        assertEquals(MessageState.SUBMITTING, state(attempt.message()));
        fixture().accept(attempt, "P-1", "P-2");
        fixture().advance(PAUSE);
        assertNoChange(store().applyReceipts(10).changes());
        assertEquals(MessageState.SENT, state(attempt.message()));
        assertOneChange(attempt.message(), MessageState.DELIVERED, fixture().report("P-2", DELIVERED));
    }

    @Test
    @DisplayName("a receipt of one part settles a doubt about a text of several, but does not deliver all of it")
    void partInDoubt() {
        Attempt attempt = fixture().beginLong(true);
        fixture().doubt(attempt);

        assertOneChange(attempt.message(), MessageState.SENT, fixture().report(receipt(attempt, "P-1", DELIVERED)));
        assertOneChange(
                attempt.message(), MessageState.DELIVERED, fixture().report(receipt(attempt, "P-2", DELIVERED)));
    }

    @Test
    @DisplayName("a look-up tells that the one part known of a text in doubt is all of it")
    void wholeByLookup() {
        Attempt attempt = fixture().beginLong(true);
        fixture().doubt(attempt);
        fixture().report(receipt(attempt, "P-1", DELIVERED));
        fixture().advance(PAUSE);

        assertEquals(1, fixture().claimSync(10).size());
        assertOneChange(
                attempt.message(),
                MessageState.DELIVERED,
                fixture().settle(attempt, Verdict.OPEN, LEASE, receipt(null, "P-1", DELIVERED)));
    }

    @Test
    @DisplayName("where a provider reports once for a whole message, one receipt settles a doubt about a long text")
    void reportedAsAWhole() {
        Attempt attempt = fixture().beginLong(false);
        fixture().doubt(attempt);

        assertOneChange(
                attempt.message(), MessageState.DELIVERED, fixture().report(receipt(attempt, "A-1", DELIVERED)));
        assertEquals(2, status(attempt.message()).segments());
    }

    @Test
    @DisplayName("there, a receipt that overtakes the answer for a long text counts at once")
    void wholeBeforeTheAnswer() {
        Attempt attempt = fixture().beginLong(false);

        assertOneChange(
                attempt.message(), MessageState.DELIVERED, fixture().report(receipt(attempt, "A-1", DELIVERED)));
        assertNoChange(fixture().accept(attempt, "A-1"));
    }
}
