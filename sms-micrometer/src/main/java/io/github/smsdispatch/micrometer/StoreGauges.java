package io.github.smsdispatch.micrometer;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.engine.Overdue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What only the store knows, as gauges. */
final class StoreGauges {
    private StoreGauges() {}

    /** All have the same tags, as some registries want it: where one has nothing to say it is {@link Names#NONE}. */
    static void overdue(List<ProviderAccount> accounts, Seldom<Overdue> overdue, MeterRegistry registry, Tags tags) {
        for (Lane lane : Lane.values()) {
            Tags ofLane = tags.and("lane", Names.of(lane));
            accounts.forEach(account -> work(
                    "lines",
                    account.toString(),
                    each -> inLine(each, lane, account::equals),
                    overdue,
                    registry,
                    ofLane));
            work("lines", Names.NONE, each -> inLine(each, lane, Objects::isNull), overdue, registry, ofLane);
            work(
                    "lines",
                    Names.OTHER,
                    each -> inLine(each, lane, account -> account != null && !accounts.contains(account)),
                    overdue,
                    registry,
                    ofLane);
        }
        Tags ofNoLane = tags.and("lane", Names.NONE);
        accounts.forEach(account -> work(
                "lookups",
                account.toString(),
                each -> each.lookups().getOrDefault(account, Duration.ZERO),
                overdue,
                registry,
                ofNoLane));
        work("recoveries", Names.NONE, Overdue::recoveries, overdue, registry, ofNoLane);
        work("receipts", Names.NONE, Overdue::receipts, overdue, registry, ofNoLane);
        work("endings", Names.NONE, Overdue::endings, overdue, registry, ofNoLane);
    }

    private static Duration inLine(Overdue overdue, Lane lane, Predicate<@Nullable ProviderAccount> account) {
        return overdue.lines().entrySet().stream()
                .filter(each -> each.getKey().lane() == lane
                        && account.test(each.getKey().account()))
                .map(Map.Entry::getValue)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static void work(
            String work,
            String account,
            Function<Overdue, Duration> lag,
            Seldom<Overdue> overdue,
            MeterRegistry registry,
            Tags tags) {
        TimeGauge.builder("sms.overdue", () -> nanos(overdue.latest(), lag), TimeUnit.NANOSECONDS)
                .description("By how much the longest due work is overdue, of all nodes together")
                .tags(tags)
                .tag("work", work)
                .tag("account", account)
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
