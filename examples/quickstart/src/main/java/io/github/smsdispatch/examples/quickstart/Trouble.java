package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes wrong: the scripts of the carriers, and the one that goes dark when half of the work is done. */
final class Trouble {
    /** Throttles, answers with errors, takes messages without saying so, and loses receipts. */
    static final FaultScript BAD_DAYS = FaultScript.of("latency=15ms..80ms,delivery=200ms..2s,throttle=2%,http503=3%,"
            + "lose-answer=2%,error-after-accept=0.5%,drop-request=0.5%,stall=0.2%,undelivered=4%,no-final=0.2%,"
            + "lose-receipt=3%,early-receipt=2%,repeat-receipt=3%,reorder-receipt=3%,lookup503=5%,listing-lag=1s");

    /** As good as a carrier gets. */
    static final FaultScript GOOD_DAYS = FaultScript.of("latency=15ms..60ms,delivery=200ms..2s,undelivered=2%,"
            + "lose-receipt=1%,early-receipt=1%,repeat-receipt=1%,reorder-receipt=1%,lookup503=1%,listing-lag=500ms");

    private static final double HALF_WAY = 0.5;
    private static final Duration DARKNESS = Duration.ofSeconds(5);

    private final ProviderAccount account;
    private final CarrierSimulator carrier;
    private @Nullable Duration since;
    private boolean sawFirstHalf;
    private boolean over;

    private Trouble(ProviderAccount account, CarrierSimulator carrier) {
        this.account = account;
        this.carrier = carrier;
    }

    /** Trouble for the first of these, used by one thread; null if there is none. */
    static @Nullable Trouble of(Map<ProviderAccount, CarrierSimulator> carriers) {
        return carriers.entrySet().stream()
                .findFirst()
                .map(first -> new Trouble(first.getKey(), first.getValue()))
                .orElse(null);
    }

    /**
     * Goes dark half-way, once, and comes back.
     *
     * @return what happened just now, for the screen; null: nothing
     */
    @Nullable
    String after(Progress progress) {
        if (over) {
            return null;
        }
        if (since != null && progress.elapsed().minus(since).compareTo(DARKNESS) >= 0) {
            over = true;
            carrier.comeBack();
            return account + " is back.";
        }
        long due = progress.underway() + progress.taken();
        boolean firstHalf = progress.taken() <= HALF_WAY * due;
        sawFirstHalf |= firstHalf && due > 0;
        // A run that begins beyond the half, or with nothing left to do, is spared.
        if (since == null && sawFirstHalf && !firstHalf) {
            since = progress.elapsed();
            carrier.goDark();
            return account + " goes dark: it refuses all connections.";
        }
        return null;
    }
}
