package io.github.smsdispatch.killharness;

import io.github.smsdispatch.testkit.carrier.LedgerComparison;
import io.github.smsdispatch.testkit.carrier.LedgerFinding;
import java.time.Duration;

/**
 * What came out.
 *
 * @param storeVersion product and version of the database
 * @param storeMessages how many messages the store has
 * @param forgotten messages that the store had confirmed, and did not know when they were enqueued again
 * @param ended false: given up before all was final
 * @param elapsed from the first start to the last message, without the comparison
 */
record Outcome(
        Plan plan,
        String storeVersion,
        KillCount kills,
        LedgerComparison ledgers,
        Histories histories,
        long storeMessages,
        long forgotten,
        boolean ended,
        Duration elapsed) {
    /** Messages in the store beyond those that were enqueued: the same one kept twice. */
    long surplus() {
        return storeMessages - (plan.options().messages() - ledgers.count(LedgerFinding.MISSING));
    }

    boolean isGood() {
        return ended
                && ledgers.isClean()
                && ledgers.count(LedgerFinding.OPEN) == 0
                && histories.brokenCount() == 0
                && surplus() == 0
                && forgotten == 0
                && kills.deaths() == 0
                && kills.all() == plan.options().kills()
                && kills.stops() == plan.options().stops();
    }
}
