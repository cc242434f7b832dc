package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.store.Outlook;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far all nodes on a store together lag behind: by how much the longest due work of each kind is overdue, by the store's
 * clock. Zero: nothing is due, or it is due just now. What grows for minutes is done by nobody.
 * The in-memory store does not tell recoveries and look-ups apart: there each shows the longer overdue of both.
 *
 * @param lines messages that wait to be handed over, also those for accounts that are down, stopped or held back by a rate
 * @param recoveries claims and hand-overs whose lease has ended
 * @param lookups messages whose status is to be asked for
 * @param receipts receipts that wait in the inbox
 * @param endings messages whose validity has ended
 */
public record Overdue(Duration lines, Duration recoveries, Duration lookups, Duration receipts, Duration endings) {
    static Overdue of(Outlook outlook) {
        Instant now = outlook.now();
        return new Overdue(
                since(outlook.lines().values().stream().min(Instant::compareTo).orElse(null), now),
                since(outlook.recoveries(), now),
                since(outlook.lookups(), now),
                since(outlook.receipts(), now),
                since(outlook.endings(), now));
    }

    private static Duration since(@Nullable Instant due, Instant now) {
        return due == null ? Duration.ZERO : Durations.until(now, due);
    }
}
