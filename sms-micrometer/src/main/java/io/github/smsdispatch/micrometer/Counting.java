package io.github.smsdispatch.micrometer;

import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.engine.EngineListener;
import io.github.smsdispatch.engine.HandOverCall;
import io.github.smsdispatch.engine.LookupCall;
import io.github.smsdispatch.engine.ReceiptsHeard;
import io.github.smsdispatch.spi.FailureReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what an engine tells, in one registry. */
final class Counting implements EngineListener {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Set<ProviderAccount> known;
    private final Map<String, AccountMeters> accounts = new ConcurrentHashMap<>();
    private final Map<Transition, Counter> transitions = new ConcurrentHashMap<>();

    /** These happen so often that their counters are kept here, and not looked up in the registry. */
    private record Transition(@Nullable MessageState from, MessageState to, String account) {}

    Counting(List<ProviderAccount> accounts, MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        this.known = Set.copyOf(accounts);
        accounts.forEach(this::of);
    }

    @Override
    public void onChange(StateChange change) {
        MessageEvent event = change.event();
        transitions
                .computeIfAbsent(new Transition(event.from(), event.to(), nameOf(event.account())), this::register)
                .increment();
        if (event.to() == MessageState.IN_DOUBT) {
            of(event.account()).doubtOpened();
        } else if (event.from() == MessageState.IN_DOUBT) {
            of(event.account()).doubtSettled(event.to());
        }
    }

    private Counter register(Transition transition) {
        return Counter.builder("sms.transitions")
                .description("Changes of state of messages")
                .tags(tags)
                .tag("from", Names.of(transition.from()))
                .tag("to", Names.of(transition.to()))
                .tag("account", transition.account())
                .register(registry);
    }

    private String nameOf(@Nullable ProviderAccount account) {
        if (account == null) {
            return Names.NONE;
        }
        return known.contains(account) ? account.toString() : Names.OTHER;
    }

    @Override
    public void onHandOver(HandOverCall call) {
        AccountMeters account = of(call.account());
        account.handedOver(call);
        call.refused().forEach(account::refused);
        account.throttled("handover", call.refused().getOrDefault(FailureReason.THROTTLED, 0));
    }

    @Override
    public void onLookup(LookupCall call) {
        AccountMeters account = of(call.account());
        account.lookedUp(call);
        account.throttled("lookup", call.throttled() ? 1 : 0);
    }

    @Override
    public void onReceipts(ReceiptsHeard receipts) {
        of(receipts.account()).received(receipts);
    }

    private AccountMeters of(@Nullable ProviderAccount account) {
        return accounts.computeIfAbsent(nameOf(account), name -> new AccountMeters(name, registry, tags));
    }
}
