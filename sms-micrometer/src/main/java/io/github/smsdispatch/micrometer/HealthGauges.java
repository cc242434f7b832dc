package io.github.smsdispatch.micrometer;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.engine.AccountHealth;
import io.github.smsdispatch.engine.DispatchEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What the health of an engine says, as meters; reading them asks neither store nor provider. */
final class HealthGauges {
    private final MeterRegistry registry;
    private final DispatchEngine engine;

    private HealthGauges(DispatchEngine engine, MeterRegistry registry) {
        this.engine = engine;
        this.registry = registry;
    }

    static void bind(DispatchEngine engine, MeterRegistry registry, Tags tags) {
        var gauges = new HealthGauges(engine, registry);
        gauges.ofEngine(tags);
        List<ProviderAccount> accounts = engine.accounts();
        for (int i = 0; i < accounts.size(); i++) {
            gauges.ofAccount(i, tags.and("account", accounts.get(i).toString()));
        }
    }

    private void ofEngine(Tags tags) {
        gauge(
                "sms.engine.running",
                "1: all threads of the engine run",
                tags,
                each -> flag(each.health().running()));
        gauge(
                "sms.engine.store.trouble",
                "1: the store cannot be used at the moment",
                tags,
                each -> flag(each.health().storeTrouble() != null));
        gauge(
                "sms.engine.loop.trouble",
                "1: a loop of the engine fails, and not because of the store",
                tags,
                each -> flag(each.health().loopTrouble() != null));
        gauge(
                "sms.engine.failed.rounds",
                "Rounds in a row that have failed, of the loop that has failed most",
                tags,
                each -> each.health().failedRounds());
        gauge(
                "sms.engine.unwritten",
                "Outcomes of hand-overs that are known but not yet in the store",
                tags,
                each -> each.health().unwrittenOutcomes());
        gauge(
                "sms.engine.stranded",
                "Accounts of no node, or of others, for which messages have waited for more than five minutes",
                tags,
                each -> each.health().strandedAccounts().size());
        TimeGauge.builder("sms.engine.step", engine, TimeUnit.NANOSECONDS, each -> each.health()
                        .longestStep()
                        .toNanos())
                .description("For how long the slowest thread has been at its present step")
                .tags(tags)
                .register(registry);
    }

    private void ofAccount(int index, Tags tags) {
        account(index, tags, "sms.account.up", "0: it is left alone because of failures", one -> flag(one.up()));
        account(
                index,
                tags,
                "sms.account.paused",
                "1: operators have set it to DRAINING or PAUSED",
                one -> flag(one.runState() != RunState.RUNNING));
        account(index, tags, "sms.account.handovers", "Messages that are being handed over", AccountHealth::inFlight);
        account(
                index,
                tags,
                "sms.account.lookups.up",
                "0: its look-ups are left alone because of failures",
                one -> flag(one.lookups().up()));
        account(
                index,
                tags,
                "sms.account.lookups",
                "Calls that are asking what became of messages",
                one -> one.lookups().inFlight());
        counter(
                index,
                tags,
                "sms.account.unknown.codes",
                "Codes of its API that this version does not know",
                one -> one.unknownCodes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        counter(
                index,
                tags,
                "sms.account.unhandled.texts",
                "Texts that came in and that nobody takes",
                AccountHealth::unhandledTexts);
        counter(
                index,
                tags,
                "sms.account.lost.stop.words",
                "Stop words from what is no phone number",
                AccountHealth::lostStopWords);
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }

    private void gauge(String name, String description, Tags tags, ToDoubleFunction<DispatchEngine> value) {
        Gauge.builder(name, engine, value).description(description).tags(tags).register(registry);
    }

    private void account(int index, Tags tags, String name, String description, ToDoubleFunction<AccountHealth> value) {
        gauge(name, description, tags, of(index, value));
    }

    private void counter(int index, Tags tags, String name, String description, ToDoubleFunction<AccountHealth> value) {
        FunctionCounter.builder(name, engine, of(index, value))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Of the account at that place in the order in which the engine has them. */
    private static ToDoubleFunction<DispatchEngine> of(int index, ToDoubleFunction<AccountHealth> value) {
        return each -> value.applyAsDouble(each.health().accounts().get(index));
    }
}
