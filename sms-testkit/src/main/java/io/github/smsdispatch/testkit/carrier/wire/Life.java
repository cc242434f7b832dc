package io.github.smsdispatch.testkit.carrier.wire;

import io.github.smsdispatch.testkit.carrier.CarrierState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What will become of a message, settled when it is accepted. Its state at any time follows from the clock alone, so
 * that look-ups, receipts and a restarted simulator always agree.
 *
 * @param steps in order of time
 */
public record Life(List<Step> steps) {
    /** How a life ends. */
    public enum Ending {
        DELIVERED,
        UNDELIVERED,
        /** Handed to the network, and never heard of again. */
        SILENT
    }

    /**
     * A change of state.
     *
     * @param errorCode the provider's; null where all is well
     */
    public record Step(Instant at, CarrierState state, @Nullable String errorCode) {}

    public Life {
        steps = List.copyOf(steps);
    }

    /**
     * Handed to the network after a third of the delay, final at the end of it; expired if the validity ends first.
     *
     * @param start when it begins
     * @param undeliveredCode the code if it is not delivered
     * @param expiredCode the code if it expires
     */
    public static Life plan(
            Instant start,
            Duration delay,
            Ending ending,
            Duration validity,
            String undeliveredCode,
            @Nullable String expiredCode) {
        var steps = new ArrayList<Step>();
        Duration sent = delay.dividedBy(3);
        if (sent.compareTo(validity) <= 0) {
            steps.add(new Step(start.plus(sent), CarrierState.SENT, null));
        }
        if (delay.compareTo(validity) > 0) {
            steps.add(new Step(start.plus(validity), CarrierState.EXPIRED, expiredCode));
        } else if (ending == Ending.DELIVERED) {
            steps.add(new Step(start.plus(delay), CarrierState.DELIVERED, null));
        } else if (ending == Ending.UNDELIVERED) {
            steps.add(new Step(start.plus(delay), CarrierState.UNDELIVERED, undeliveredCode));
        }
        return new Life(steps);
    }

    /** The last step taken by then; null: none. */
    @Nullable
    public Step stepAt(Instant now) {
        Step last = null;
        for (Step step : steps) {
            if (!step.at().isAfter(now)) {
                last = step;
            }
        }
        return last;
    }
}
