package io.github.smsdispatch.testkit.store;

import static io.github.smsdispatch.spi.ReceiptState.DELIVERED;
import static io.github.smsdispatch.spi.ReceiptState.ENROUTE;
import static io.github.smsdispatch.testkit.store.StoreFixture.PAUSE;
import static io.github.smsdispatch.testkit.store.StoreFixture.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.store.InboxRound;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.testkit.store.StoreFixture.Attempt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class InboxContract extends StoreRules {
    private static final Duration A_YEAR = Duration.ofDays(365);

    @Test
    @DisplayName("what was looked at counts, also what nobody knows, so that the caller looks again")
    void seen() {
        Attempt attempt = fixture().sent("A-1");
        strangers(3);
        store().receive(List.of(receipt(null, "A-1", DELIVERED)));

        InboxRound first = store().applyReceipts(3);
        InboxRound second = store().applyReceipts(3);

        assertEquals(new InboxRound(3, List.of()), first);
        assertEquals(1, second.seen());
        assertOneChange(attempt.message(), MessageState.DELIVERED, second.changes());
        assertEquals(new InboxRound(0, List.of()), store().applyReceipts(3));
    }

    @Test
    @DisplayName(
            "receipts that nobody has looked at come before those that nobody knew, which get what is left of the limit")
    void freshFirst() {
        strangers(3);
        store().applyReceipts(3);
        fixture().advance(LATER);
        Attempt attempt = fixture().sent("A-1");
        store().receive(List.of(receipt(null, "A-1", DELIVERED)));

        InboxRound round = store().applyReceipts(1);

        assertEquals(1, round.seen());
        assertOneChange(attempt.message(), MessageState.DELIVERED, round.changes());
        store().receive(List.of(receipt(null, "another-stranger", DELIVERED)));
        assertEquals(2, store().applyReceipts(2).seen());
        assertEquals(2, store().applyReceipts(10).seen());
    }

    @Test
    @DisplayName("a receipt that nobody knows is tried less and less often, for 30 days, and then never again")
    void strangersAreGivenUp() {
        strangers(1);
        int firstDay = triesWithin(Duration.ofDays(1), Duration.ofMinutes(30));
        int secondDay = triesWithin(Duration.ofDays(1), Duration.ofMinutes(30));
        int rest = triesWithin(Duration.ofDays(29), Duration.ofHours(6));

        assertTrue(firstDay > 1 && firstDay <= 24, "tries on the first day: " + firstDay);
        assertTrue(secondDay <= 2, "tries on the second day: " + secondDay);
        assertTrue(rest >= 1 && rest <= 29, "tries on the other days: " + rest);
        fixture().advance(A_YEAR);
        assertEquals(0, store().applyReceipts(10).seen());
    }

    @Test
    @DisplayName("a receipt is late by no more than it was early")
    void early() {
        Attempt attempt = fixture().doubtful();
        assertNoChange(fixture().report("A-1", DELIVERED));
        for (int hour = 0; hour < 30; hour++) {
            fixture().advance(Duration.ofHours(1));
            assertNoChange(store().applyReceipts(10).changes());
        }
        fixture().settle(attempt, Verdict.TAKEN, PAUSE, receipt(attempt, "A-1", ENROUTE));
        assertEquals(MessageState.SENT, state(attempt.message()));

        fixture().advance(Duration.ofHours(30));

        assertOneChange(
                attempt.message(),
                MessageState.DELIVERED,
                store().applyReceipts(10).changes());
    }

    @Test
    @DisplayName("a receipt that was given up is applied with the look-up that brings it again")
    void givenUp() {
        Attempt attempt = fixture().doubtful();
        assertNoChange(fixture().report("A-1", DELIVERED));
        triesWithin(Duration.ofDays(31), Duration.ofHours(12));
        assertEquals(0, store().receive(List.of(receipt(null, "A-1", DELIVERED))));
        assertEquals(0, store().applyReceipts(10).seen());

        fixture().settle(attempt, Verdict.TAKEN, PAUSE, receipt(null, "A-1", DELIVERED));

        assertEquals(MessageState.DELIVERED, state(attempt.message()));
        assertEquals(0, store().applyReceipts(10).seen());
    }

    private void strangers(int count) {
        for (int i = 0; i < count; i++) {
            store().receive(List.of(receipt(null, "stranger-" + i, DELIVERED)));
        }
    }

    /** How many receipts are looked at by a caller that asks now and then. */
    private int triesWithin(Duration time, Duration every) {
        int seen = 0;
        for (long i = 0; i < time.dividedBy(every); i++) {
            seen += store().applyReceipts(10).seen();
            fixture().advance(every);
        }
        return seen;
    }
}
