package io.github.smsdispatch.micrometer;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.engine.Overdue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What only the store knows, as gauges. */
final class StoreGauges {
    private StoreGauges() {}

    static void overdue(Seldom<Overdue> overdue, MeterRegistry registry, Tags tags) {
        work("lines", Overdue::lines, overdue, registry, tags);
        work("recoveries", Overdue::recoveries, overdue, registry, tags);
        work("lookups", Overdue::lookups, overdue, registry, tags);
        work("receipts", Overdue::receipts, overdue, registry, tags);
        work("endings", Overdue::endings, overdue, registry, tags);
    }

    private static void work(
            String work, Function<Overdue, Duration> lag, Seldom<Overdue> overdue, MeterRegistry registry, Tags tags) {
        TimeGauge.builder("sms.overdue", () -> nanos(overdue.latest(), lag), TimeUnit.NANOSECONDS)
                .description("By how much the longest due work is overdue, of all nodes together")
                .tags(tags)
                .tag("work", work)
                .register(registry);
    }

    private static double nanos(@Nullable Overdue overdue, Function<Overdue, Duration> lag) {
        return overdue == null ? Double.NaN : lag.apply(overdue).toNanos();
    }

    static void counts(Seldom<List<StateCount>> counts, MeterRegistry registry, Tags tags) {
        for (MessageState state : MessageState.values()) {
            Gauge.builder("sms.messages", () -> messages(counts.latest(), state))
                    .description("Messages in the store, of all nodes together")
                    .tags(tags)
                    .tag("state", Names.of(state))
                    .register(registry);
        }
    }

    private static double messages(@Nullable List<StateCount> counts, MessageState state) {
        return counts == null
                ? Double.NaN
                : counts.stream()
                        .filter(count -> count.state() == state)
                        .mapToLong(StateCount::messages)
                        .sum();
    }
}
