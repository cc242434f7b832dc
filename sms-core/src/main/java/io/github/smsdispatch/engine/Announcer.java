package io.github.smsdispatch.engine;

import io.github.smsdispatch.StateChange;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what is committed; whatever they throw stays theirs. */
final class Announcer {
    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    private final List<EngineListener> listeners;

    Announcer(List<EngineListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(List<StateChange> changes) {
        for (EngineListener listener : listeners) {
            for (StateChange change : changes) {
                try {
                    listener.onChange(change);
                } catch (RuntimeException | Error e) {
                    log.warn("a listener threw {} for message {}", e.getClass().getName(), change.message());
                }
            }
        }
    }
}
