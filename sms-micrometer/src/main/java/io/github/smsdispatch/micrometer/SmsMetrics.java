package io.github.smsdispatch.micrometer;

import io.github.smsdispatch.engine.DispatchEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Meters of one {@link DispatchEngine}: what becomes of messages, calls to providers and how long they take, receipts, health
 * of the engine and of every account, and how far the work lags behind.
 *
 * <pre>{@code
 * new SmsMetrics(engine).bindTo(registry);
 * }</pre>
 *
 * <p>What happens is counted from then on, and on this node only. Bind it before {@link DispatchEngine#start}; where two
 * engines share a registry, give each {@link Builder#tags tags} of its own. Tags have few values, all of them known
 * beforehand: accounts, states, reasons and the like, never an id, a number or a text. The meters live as long as the
 * registry; those of an engine that is closed stay as they were.
 *
 * <p>Only two meters ask the store: {@code sms.overdue}, a cheap question every 10 seconds at the most, and
 * {@code sms.messages}, which counts all messages there are and is off unless {@link Builder#countsEvery} turns it on. They are
 * asked for on a thread of their own when somebody reads the meters, so that a store that hangs holds up nobody; what is
 * read is the latest answer, thus as old as the last reading. {@code NaN}: there is none, or the last question failed or has
 * had no answer for as long as the pause between two. A list of all meters is in {@code docs/metrics.md}. Thread-safe.
 */
public final class SmsMetrics implements MeterBinder {
    private static final Duration OVERDUE_EVERY = Duration.ofSeconds(10);

    private final DispatchEngine engine;
    private final Tags tags;
    private final @Nullable Duration overdueEvery;
    private final @Nullable Duration countsEvery;
    private final Executor executor;

    /** As {@link #builder} with nothing set. */
    public SmsMetrics(DispatchEngine engine) {
        this(builder(engine));
    }

    private SmsMetrics(Builder builder) {
        engine = builder.engine;
        tags = builder.tags;
        overdueEvery = builder.overdueEvery;
        countsEvery = builder.countsEvery;
        executor = builder.executor;
    }

    /** Begins the meters of an engine. */
    public static Builder builder(DispatchEngine engine) {
        return new Builder(engine);
    }

    /** Registers the meters, and counts from now on. Once for each registry: a second time everything counts twice. */
    @Override
    public void bindTo(MeterRegistry registry) {
        HealthGauges.bind(engine, registry, tags);
        var counting = new Counting(engine.accounts(), registry, tags);
        if (overdueEvery != null) {
            StoreGauges.overdue(
                    engine.accounts(),
                    new Seldom<>(engine::overdue, overdueEvery, System::nanoTime, executor),
                    registry,
                    tags);
        }
        if (countsEvery != null) {
            StoreGauges.counts(new Seldom<>(engine::counts, countsEvery, System::nanoTime, executor), registry, tags);
        }
        engine.addListener(counting);
    }

    /** Settings of the meters. Not thread-safe. */
    public static final class Builder {
        private final DispatchEngine engine;
        private Tags tags = Tags.empty();
        private @Nullable Duration overdueEvery = OVERDUE_EVERY;
        private @Nullable Duration countsEvery;
        private Executor executor = Builder::onThreadOfItsOwn;

        private Builder(DispatchEngine engine) {
            this.engine = Objects.requireNonNull(engine, "engine");
        }

        /** Tags for all meters; none by default. */
        public Builder tags(Iterable<Tag> value) {
            this.tags = Tags.of(value);
            return this;
        }

        /**
         * How often at the most the store is asked how far the work lags behind; 10 seconds by default. Null: never, and there
         * is no {@code sms.overdue}.
         *
         * @throws IllegalArgumentException unless it is positive
         */
        public Builder overdueEvery(@Nullable Duration value) {
            this.overdueEvery = positive(value, "overdueEvery");
            return this;
        }

        /**
         * How often at the most the messages in the store are counted by state. A count reads an entry for each message that
         * is kept, which takes seconds where there are millions: some minutes are well, and one node is enough. Null, as by
         * default: never, and there is no {@code sms.messages}.
         *
         * @throws IllegalArgumentException unless it is positive
         */
        public Builder countsEvery(@Nullable Duration value) {
            this.countsEvery = positive(value, "countsEvery");
            return this;
        }

        /** Who asks the store; tests do it on the calling thread. */
        Builder executor(Executor value) {
            this.executor = value;
            return this;
        }

        /** Makes the meters; {@link SmsMetrics#bindTo} registers them. */
        public SmsMetrics build() {
            return new SmsMetrics(this);
        }

        private static @Nullable Duration positive(@Nullable Duration value, String what) {
            if (value != null && (value.isZero() || value.isNegative())) {
                throw new IllegalArgumentException(what + " must be positive, but is " + value);
            }
            return value;
        }

        private static void onThreadOfItsOwn(Runnable task) {
            var thread = new Thread(task, "sms-metrics");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
