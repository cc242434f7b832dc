package io.github.smsdispatch.engine;

import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.internal.Damper;
import io.github.smsdispatch.internal.Trace;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what is committed, and how accounts fare; whatever they throw stays theirs. Thread-safe. */
final class Announcer {
    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    private final List<EngineListener> listeners;
    private final Damper damper;

    Announcer(List<EngineListener> listeners, InstantSource clock) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
        this.damper = new Damper(clock, Account.WARNING_PAUSE);
    }

    /** Tells one more listener, of what happens from now on. */
    void add(EngineListener listener) {
        listeners.add(listener);
    }

    void tell(List<StateChange> changes) {
        for (EngineListener listener : listeners) {
            for (StateChange change : changes) {
                tell(listener, each -> each.onChange(change));
            }
        }
    }

    void tell(AccountHealth account) {
        listeners.forEach(listener -> tell(listener, each -> each.onAccountHealth(account)));
    }

    void tell(HandOverCall call) {
        listeners.forEach(listener -> tell(listener, each -> each.onHandOver(call)));
    }

    /** @param receipts how many of them its answers hold */
    void tell(LookupCall call, int receipts) {
        listeners.forEach(listener -> tell(listener, each -> each.onLookup(call)));
        if (receipts > 0) {
            tell(new ReceiptsHeard(call.account(), ReceiptsHeard.Source.LOOKUP, receipts, 0));
        }
    }

    void tell(ReceiptsHeard receipts) {
        listeners.forEach(listener -> tell(listener, each -> each.onReceipts(receipts)));
    }

    private void tell(EngineListener listener, Consumer<EngineListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException | Error e) {
            long all = damper.speaksFor();
            if (all > 0) {
                log.warn("a listener threw ({} since the last line like this)", all, Trace.of(e));
            }
        }
    }
}
