package io.github.smsdispatch.tracking;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.AccountWatch;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Bounds;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Health;
import io.github.smsdispatch.internal.lookup.LookupGate;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.store.Rate;
import io.github.smsdispatch.store.TrackingStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link StatusTracker} needs; every number has a default that is right for most. Not thread-safe. */
public final class StatusTrackerBuilder {
    private static final Duration LEAST_LEASE = Duration.ofSeconds(15);

    final TrackingStore store;
    final ProviderAccount account;
    final SmsProvider provider;
    TrackingMode mode = TrackingMode.POLL;
    int batch = 1000;
    int parallel = 16;
    Backoff pauses = new Backoff(Duration.ofSeconds(30), Duration.ofHours(1));
    int giveUpAfter = 4;
    Duration unconfirmedAfter = Duration.ofDays(3);
    Duration patience = Duration.ofMinutes(15);
    Duration progressEvery = Duration.ofSeconds(5);

    @Nullable
    Instant from;

    @Nullable
    Instant until;

    boolean imports;
    TrackingListener listener = progress -> {};
    InstantSource clock = InstantSource.system();
    RandomGenerator random = new SecureRandom();

    @Nullable
    Executor executor;

    private @Nullable Rate rate;

    StatusTrackerBuilder(TrackingStore store, ProviderAccount account, SmsProvider provider) {
        this.store = Objects.requireNonNull(store, "store");
        this.account = Objects.requireNonNull(account, "account");
        this.provider = Objects.requireNonNull(provider, "provider");
    }

    /** How it learns what became of messages; {@link TrackingMode#POLL} by default. */
    public StatusTrackerBuilder mode(TrackingMode value) {
        this.mode = Objects.requireNonNull(value, "mode");
        return this;
    }

    /** The most ids that are claimed at a time; 1 to 10,000, 1,000 by default. */
    public StatusTrackerBuilder batch(int value) {
        this.batch = Bounds.between(1, value, 10_000, "batch");
        return this;
    }

    /** The most calls to the provider under way at a time; 1 to 10,000, 16 by default. */
    public StatusTrackerBuilder parallel(int value) {
        this.parallel = Bounds.between(1, value, 10_000, "parallel");
        return this;
    }

    /**
     * The most requests in a time that this process makes, evenly spread; it stays a fortieth below, as requests do not
     * arrive as evenly as they leave. Where several processes ask for the same account, give each its part. No limit by
     * default: then the first time that the provider says "too many" shows what it bears, which is kept to from then on, with
     * a try for more now and then.
     *
     * @param count how many; at least 1
     * @param period in which time; 1 ms to 1 day
     */
    public StatusTrackerBuilder rate(int count, Duration period) {
        this.rate = new Rate(count, period);
        return this;
    }

    /**
     * How long a message that is not final is left alone before it is looked up again: doubling with each look from
     * {@code first} (30 s) up to {@code most} (1 hour), the last fifth by chance.
     */
    public StatusTrackerBuilder interval(Duration first, Duration most) {
        this.pauses = Bounds.pauses(first, most, "interval");
        return this;
    }

    /**
     * After how many looks in a row that told nothing of a message it is given up as UNCONFIRMED: the provider has forgotten
     * it, or never had it. 1 to 1,000, 4 by default. Looks that failed because the provider was out of order do not count.
     */
    public StatusTrackerBuilder giveUpAfter(int value) {
        this.giveUpAfter = Bounds.between(1, value, 1_000, "giveUpAfter");
        return this;
    }

    /**
     * How long after the provider's last news of a message, or after it came to be tracked, whichever is earlier, one that is
     * still on its way is UNCONFIRMED: some carriers never report. 3 days by default.
     */
    public StatusTrackerBuilder unconfirmedAfter(Duration value) {
        this.unconfirmedAfter = Bounds.positive(value, "unconfirmedAfter");
        return this;
    }

    /** How long a provider or a store that cannot be used is waited for; then the run ends. 15 minutes by default. */
    public StatusTrackerBuilder patience(Duration value) {
        this.patience = Bounds.positive(value, "patience");
        return this;
    }

    /** How often the listener hears of progress; 5 seconds by default. Each time all that is tracked is counted. */
    public StatusTrackerBuilder progressEvery(Duration value) {
        this.progressEvery = Bounds.positive(value, "progressEvery");
        return this;
    }

    /**
     * Of which time {@link TrackingMode#SWEEP} reads the log; the 30 days before the run begins by default, or what an earlier
     * run has not read to its end.
     *
     * @param first inclusive
     * @param end exclusive; null: when the run begins
     */
    public StatusTrackerBuilder sweep(Instant first, @Nullable Instant end) {
        if (end != null && !first.isBefore(end)) {
            throw new IllegalArgumentException("the time of a sweep must begin before it ends");
        }
        this.from = first;
        this.until = end;
        return this;
    }

    /** Whether messages in the log that are not tracked are tracked from then on; no by default: they are ignored. */
    public StatusTrackerBuilder importUnknown(boolean value) {
        this.imports = value;
        return this;
    }

    /** Who hears of progress. */
    public StatusTrackerBuilder listener(TrackingListener value) {
        this.listener = Objects.requireNonNull(value, "listener");
        return this;
    }

    /** The tracker's clock, for pauses and rates; what is kept is by the store's. For tests and simulations. */
    StatusTrackerBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    StatusTrackerBuilder random(RandomGenerator value) {
        this.random = value;
        return this;
    }

    StatusTrackerBuilder executor(Executor value) {
        this.executor = value;
        return this;
    }

    /**
     * Makes the tracker; it does nothing before {@link StatusTracker#run}.
     *
     * @throws ConfigurationException if the provider cannot be asked in that way
     */
    public StatusTracker build() {
        var problems = new ArrayList<ConfigurationProblem>();
        if (mode == TrackingMode.SWEEP && !(provider instanceof MessageLog)) {
            problems.add(new ConfigurationProblem(
                    "mode", "is SWEEP, but " + account + " has no log that can be read", "use POLL"));
        }
        if (mode == TrackingMode.POLL && !(provider instanceof StatusLookup)) {
            problems.add(new ConfigurationProblem(
                    "mode",
                    "is POLL, but " + account + " cannot be asked for the status of a message",
                    provider instanceof MessageLog
                            ? "use SWEEP"
                            : "receive its receipts by webhook: there is no other way to learn of them"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new StatusTracker(this);
    }

    /** So that no call outlives its lease. */
    Duration lease() {
        return Durations.max(LEAST_LEASE, provider.traits().longestCall().multipliedBy(2));
    }

    LookupGate gate() {
        var outagePause = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
        var health = new Health(clock, random, outagePause);
        health.watchedBy(new AccountWatch(account, () -> {})::lookups);
        return new LookupGate(health, rate, clock);
    }
}
