package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a {@link FaultScript} asks for, checked by its builder. */
public record Script(
        DurationRange latency,
        DurationRange delivery,
        Map<SubmissionFault, Double> submissionShares,
        Map<ReceiptFault, Double> receiptShares,
        double undelivered,
        double noFinal,
        double lookup503,
        Duration listingLag,
        double refuse,
        Duration refuseFor,
        List<DurationRange> darkTimes,
        List<CountRange> darkCounts) {
    public Script {
        // In the order of the enums: the shares lie side by side in it, and what is drawn depends on that.
        submissionShares = Collections.unmodifiableMap(inOrder(SubmissionFault.class, submissionShares));
        receiptShares = Collections.unmodifiableMap(inOrder(ReceiptFault.class, receiptShares));
        darkTimes = List.copyOf(darkTimes);
        darkCounts = List.copyOf(darkCounts);
    }

    private static <F extends Enum<F>> Map<F, Double> inOrder(Class<F> type, Map<F, Double> shares) {
        var ordered = new EnumMap<F, Double>(type);
        ordered.putAll(shares);
        return ordered;
    }

    /** From one duration to another, both included. */
    public record DurationRange(Duration min, Duration max) {
        public DurationRange {
            if (min.isNegative() || max.compareTo(min) < 0) {
                throw new IllegalArgumentException("a range of time must not be negative or run backwards");
            }
        }

        /** The duration at this share of the way from min to max. */
        Duration at(double share) {
            return min.plusNanos(Math.round(max.minus(min).toNanos() * share));
        }
    }

    /** From one count to another, both included. */
    public record CountRange(int first, int last) {
        public CountRange {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException(
                        "a range of submissions begins at 1 or later and must not run backwards");
            }
        }
    }
}
