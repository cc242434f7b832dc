package io.github.smsdispatch.testkit.carrier;

import io.github.smsdispatch.testkit.carrier.server.Script;
import io.github.smsdispatch.testkit.carrier.server.Script.CountRange;
import io.github.smsdispatch.testkit.carrier.server.Script.DurationRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What goes wrong, and how often. Shares are drawn from the simulator's seed: the n-th submission of the same text to the
 * same recipient meets the same fate in every run, whatever order threads bring them in.
 *
 * <p>A submission is a request, however many messages it brings: what goes wrong with it is drawn once, for the first of
 * them. Each message that is accepted is delivered or not, and reported or not, for itself.
 *
 * <p>Written as text, for a command line, it is a list of {@code name=value} with commas between:
 *
 * <table>
 * <caption>Names and values</caption>
 * <tr><td>{@code latency=20ms..80ms}</td><td>time until a request is answered; none by default</td></tr>
 * <tr><td>{@code delivery=100ms..2s}</td><td>from acceptance to the final receipt; this is the default</td></tr>
 * <tr><td>{@code throttle=5%}, {@code lose-answer=2%} ...</td><td>share of submissions with a {@link SubmissionFault}</td></tr>
 * <tr><td>{@code lose-receipt=1%}, {@code repeat-receipt=3%} ...</td><td>share of messages with a {@link ReceiptFault}</td></tr>
 * <tr><td>{@code undelivered=4%}</td><td>share of accepted messages that are not delivered</td></tr>
 * <tr><td>{@code no-final=1%}</td><td>share of accepted messages that are sent and never heard of again</td></tr>
 * <tr><td>{@code lookup503=5%}</td><td>share of look-ups answered with 503, be they GET or POST</td></tr>
 * <tr><td>{@code listing-lag=2s}</td><td>how long an accepted message is missing from lists and reports</td></tr>
 * <tr><td>{@code refuse=1%/300ms}</td><td>share of submissions after which connections are refused for that time</td></tr>
 * <tr><td>{@code dark=10s..15s}</td><td>connections are refused between these times after the start</td></tr>
 * <tr><td>{@code dark=200..260}</td><td>connections are refused instead of submissions 200 to 260; the system refuses
 *     them without telling, so the carrier stays away for as long as 61 submissions took before, 200 ms to 30 s</td></tr>
 * </table>
 *
 * <p>Immutable.
 */
public final class FaultScript {
    private static final FaultScript NONE = builder().build();

    final Script script;

    private FaultScript(Script script) {
        this.script = script;
    }

    /** Nothing goes wrong; messages are delivered after 100 ms to 2 s. */
    public static FaultScript none() {
        return NONE;
    }

    /**
     * Reads a script such as {@code latency=20ms..80ms,throttle=5%,lose-answer=2%}; the empty text is {@link #none}.
     *
     * @throws IllegalArgumentException if something in it cannot be understood; the message names all of it
     */
    public static FaultScript of(String text) {
        return FaultScriptText.parse(text);
    }

    /** Begins with {@link #none}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The script as {@link #of} reads it. */
    @Override
    public String toString() {
        return FaultScriptText.format(script);
    }

    /** Collects faults; a share is a number from 0 to 1. Not thread-safe. */
    public static final class Builder {
        private DurationRange latency = new DurationRange(Duration.ZERO, Duration.ZERO);
        private DurationRange delivery = new DurationRange(Duration.ofMillis(100), Duration.ofSeconds(2));
        private final Map<SubmissionFault, Double> submissionShares = new EnumMap<>(SubmissionFault.class);
        private final Map<ReceiptFault, Double> receiptShares = new EnumMap<>(ReceiptFault.class);
        private double undelivered;
        private double noFinal;
        private double lookup503;
        private Duration listingLag = Duration.ZERO;
        private double refuse;
        private Duration refuseFor = Duration.ofMillis(300);
        private final List<DurationRange> darkTimes = new ArrayList<>();
        private final List<CountRange> darkCounts = new ArrayList<>();

        private Builder() {}

        /** Real time until a request is answered, drawn evenly. */
        public Builder latency(Duration min, Duration max) {
            this.latency = new DurationRange(min, max);
            return this;
        }

        /** Carrier's time from acceptance to the final receipt, drawn evenly. */
        public Builder delivery(Duration min, Duration max) {
            this.delivery = new DurationRange(min, max);
            return this;
        }

        /** Share of submissions with this fault. */
        public Builder share(SubmissionFault fault, double share) {
            submissionShares.put(fault, checked(fault.key(), share));
            return this;
        }

        /** Share of accepted messages with this fault. */
        public Builder share(ReceiptFault fault, double share) {
            receiptShares.put(fault, checked(fault.key(), share));
            return this;
        }

        /** Share of accepted messages that are not delivered, with error codes of the provider. */
        public Builder undelivered(double share) {
            this.undelivered = checked("undelivered", share);
            return this;
        }

        /** Share of accepted messages that are sent and never heard of again. */
        public Builder noFinal(double share) {
            this.noFinal = checked("no-final", share);
            return this;
        }

        /** Share of look-ups (fetch, list, reports, checks of numbers) answered with 503. */
        public Builder lookup503(double share) {
            this.lookup503 = checked("lookup503", share);
            return this;
        }

        /** Carrier's time for which an accepted message is missing from lists and reports by date. */
        public Builder listingLag(Duration lag) {
            this.listingLag = new DurationRange(lag, lag).max();
            return this;
        }

        /** Share of submissions after which connections are refused for some of the carrier's time. */
        public Builder refuse(double share, Duration time) {
            this.refuse = checked("refuse", share);
            this.refuseFor = new DurationRange(time, time).max();
            return this;
        }

        /** Connections are refused between these times after the start. May be called more than once. */
        public Builder dark(Duration from, Duration to) {
            darkTimes.add(new DurationRange(from, to));
            return this;
        }

        /** Connections are refused instead of these submissions, counted from 1. May be called more than once. */
        public Builder dark(int first, int last) {
            darkCounts.add(new CountRange(first, last));
            return this;
        }

        /**
         * Makes the script.
         *
         * @throws IllegalArgumentException if shares that exclude each other add up to more than 1
         */
        public FaultScript build() {
            checkSum("submission faults", submissionShares.values());
            checkSum("receipt faults", receiptShares.values());
            checkSum("undelivered and no-final", List.of(undelivered, noFinal));
            return new FaultScript(new Script(
                    latency,
                    delivery,
                    submissionShares,
                    receiptShares,
                    undelivered,
                    noFinal,
                    lookup503,
                    listingLag,
                    refuse,
                    refuseFor,
                    darkTimes,
                    darkCounts));
        }

        private static double checked(String name, double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(name + " must be a share from 0 to 1, but is " + share);
            }
            return share;
        }

        private static void checkSum(String what, Iterable<Double> shares) {
            double sum = 0;
            for (double share : shares) {
                sum += share;
            }
            if (sum > 1 + 1e-9) {
                throw new IllegalArgumentException("the shares of " + what + " add up to more than 100%");
            }
        }
    }
}
